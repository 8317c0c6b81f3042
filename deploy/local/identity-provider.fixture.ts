import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts the provider in its own process, as `npm start` does. Port 0 means any free port. */
export async function startIdentityProvider(
  clientsFile: string,
  dataDir: string,
  port = 0,
): Promise<{ issuer: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'identity-provider.ts')], {
    env: { ...process.env, PORT: String(port), CLIENTS_FILE: clientsFile, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const issuer = /listening on (http\S+?)"/.exec(line)?.[1];
    if (issuer === undefined) throw new Error(`the identity provider printed: ${line}`);
    child.stdout.resume();
    return {
      issuer,
      stop: async () => {
        child.kill();
        await exited;
      },
    };
  }
  throw new Error('the identity provider did not start');
}
