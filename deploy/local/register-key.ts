import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { registerOwnClient } from './identity-provider-clients.ts';
import { attach } from '#client';

/**
 * `npm run register-key -- my-system --force bedfordshire --key public.pem` registers a key with the
 * development identity provider. In production the force's own identity provider does this.
 */
const USAGE = 'Usage: npm run register-key -- CLIENT_ID --force FORCE --key PUBLIC.pem [--run FILE]';
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { force: { type: 'string' }, key: { type: 'string' }, run: { type: 'string' } },
  });
  const [clientId = ''] = positionals;
  const { force, key } = values;
  if (!/^[a-z0-9][a-z0-9.-]{0,62}$/.test(clientId) || !force || !key) throw new Error(USAGE);
  const run = await attach(
    values.run ?? process.env['CONCORDAT_RUN'] ?? resolve(import.meta.dirname, '../../.data/run.json'),
  );
  const forces = { ...run.forces, ...run.sandboxes };
  const forceAccess = forces[force];
  if (!forceAccess)
    throw new Error(
      `${force} is not a force of this system. Its forces are ${Object.keys(forces).join(', ')}.`,
    );
  const taken = [
    'desk',
    ...Object.keys(run.staff),
    // Tokens of people carry their subjects, so a client with the same name would be taken for a person.
    ...Object.keys(run.people ?? {}),
    ...Object.values(forces).map((one) => one.clientId),
  ];
  if (taken.includes(clientId)) {
    throw new Error(`${clientId} is a client of the demonstration itself. Choose another name.`);
  }
  // If the file holds a private key, only its public part is read and kept.
  const publicKey = createPublicKey(readFileSync(key)).export({ format: 'jwk' });
  if (publicKey.crv !== 'P-256') throw new Error(`${key}: the curve of the key must be P-256 (prime256v1).`);
  await registerOwnClient(dirname(dirname(forceAccess.keyFile)), clientId, force, {
    ...publicKey,
    alg: 'ES256',
    use: 'sig',
  });
  console.log(`${clientId} may now sign in at ${run.urls.identity} as a system of ${force}.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
