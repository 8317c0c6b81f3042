import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ClientCredentials, SignInRefused } from './client-credentials.ts';

const dir = mkdtempSync(join(tmpdir(), 'key-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

describe('the key file of a client', () => {
  it('is refused, with the line, when it is not UTF-8, before any call is made', async () => {
    const keyFile = join(dir, 'latin1.jwk.json');
    writeFileSync(keyFile, Buffer.from('{\n"kty": "EC",\n"kid": "Caf\u00e9" }', 'latin1'));
    const credentials = new ClientCredentials({
      issuer: 'http://127.0.0.1:1',
      clientId: 'x',
      keyFile,
      resource: 'urn:concordat:intake',
    });
    const refused = credentials.token();
    await expect(refused).rejects.toThrow(SignInRefused);
    await expect(refused).rejects.toThrow(
      'latin1.jwk.json is not a readable private key (PEM or JWK): not UTF-8 in line 3',
    );
  });
});
