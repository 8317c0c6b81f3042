import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { attach, ClientCredentials } from '#client';
import { takesInsecureIssuer } from '#web';
import { ROOT } from './deployment.ts';

/**
 * `npm run -s token -- force-bedfordshire` prints an access token of a demonstration sign-in, for use with
 * curl.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { run: { type: 'string' } } });
const file = values.run ?? process.env['CONCORDAT_RUN'] ?? resolve(ROOT, '.data/run.json');
const [clientId = ''] = positionals;
try {
  const run = await attach(file);
  const clients = [
    ...[run.forces, run.sandboxes].flatMap((accesses) => Object.values(accesses)),
    ...Object.entries(run.staff).map(([id, staff]) => ({ clientId: id, ...staff })),
  ];
  const client = clients.find((one) => one.clientId === clientId);
  if (!client)
    throw new Error(
      `Usage: npm run -s token -- NAME\nNAME is one of: ${clients.map((one) => one.clientId).join(', ')}`,
    );
  const { keyFile, resource } = client;
  const settings = {
    issuer: run.urls.identity,
    insecureIssuer: takesInsecureIssuer(process.env),
    clientId,
    keyFile,
    resource,
  };
  process.stdout.write(`${await new ClientCredentials(settings).token()}\n`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
