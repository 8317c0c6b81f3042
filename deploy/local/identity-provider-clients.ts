import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the development identity provider knows of one client: one line of its CLIENTS_FILE. */
export interface RegisteredClient {
  readonly client_id: string;
  readonly jwks: { readonly keys: readonly JWK[] };
  /** Audiences it may ask a token for. */
  readonly resources: readonly string[];
  /** Claims of its tokens; only this file says them, never the client. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** One development sign-in: a force's own system, or one member of a unit's staff. */
export interface DevelopmentClient {
  readonly clientId: string;
  readonly kind: 'force' | 'staff';
  /** Private key (JWK, ES256), readable by its owner only. */
  readonly keyFile: string;
  /** The audience it usually asks for: intake for a force, its unit for staff. */
  readonly resource: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface DevelopmentClients {
  readonly clientsFile: string;
  readonly clients: readonly DevelopmentClient[];
}

const OWN_CLIENTS = 'own-clients.json';
/** What a force's system may ask a token for; intake first. */
const FORCE_RESOURCES = ['urn:concordat:intake', 'urn:concordat:collaboration'] as const;
const STAFF = [
  { suffix: 'caseworker', role: 'caseworker', title: 'caseworker 1' },
  { suffix: 'caseworker-2', role: 'caseworker', title: 'caseworker 2' },
  { suffix: 'supervisor', role: 'supervisor', title: 'supervisor' },
  { suffix: 'decision-maker', role: 'decision-maker', title: 'decision-maker' },
  { suffix: 'auditor', role: 'auditor', title: 'auditor' },
] as const;

/**
 * Registers one client per force and sandbox, and five staff identities per unit under `dir`: private keys in `keys/` (kept between
 * runs, mode 600) and `clients.json` with the public halves, which the identity provider reads at its start.
 * All are slugs; staff see every force named, and no sandbox.
 */
export async function writeDevelopmentClients(options: {
  readonly dir: string;
  readonly forces: readonly string[];
  readonly sandboxes?: readonly string[];
  readonly units: readonly string[];
}): Promise<DevelopmentClients> {
  const keysDir = join(options.dir, 'keys');
  await mkdir(keysDir, { recursive: true, mode: 0o700 });
  const planned: Omit<DevelopmentClient, 'keyFile'>[] = [...options.forces, ...(options.sandboxes ?? [])].map(
    (force) => ({
      clientId: `force-${force}`,
      kind: 'force',
      resource: FORCE_RESOURCES[0],
      claims: { force },
    }),
  );
  for (const unit of options.units) {
    for (const { suffix, role, title } of STAFF) {
      planned.push({
        clientId: `${unit}.${suffix}`,
        kind: 'staff',
        resource: `urn:concordat:${unit}`,
        // A place in the unit, not a person: nobody real is named.
        claims: { unit, role, name: `${sentence(unit)} ${title}`, forces: options.forces },
      });
    }
  }
  const registered = await Promise.all(
    planned.map(async (client) => {
      const keyFile = join(keysDir, `${client.clientId}.jwk.json`);
      return { client: { ...client, keyFile }, publicKey: publicHalf(await keptKey(keyFile)) };
    }),
  );
  const clientsFile = join(options.dir, 'clients.json');
  const lines: RegisteredClient[] = registered.map(({ client, publicKey }) => ({
    client_id: client.clientId,
    jwks: { keys: [publicKey] },
    resources: client.kind === 'force' ? FORCE_RESOURCES : [client.resource],
    claims: client.claims,
  }));
  await writePrivate(clientsFile, lines);
  return { clientsFile, clients: registered.map(({ client }) => client) };
}

/** Clients that somebody registered beside ours, by id; see register-key.ts. */
export async function ownClientsIn(directory: string): Promise<ReadonlyMap<string, RegisteredClient>> {
  const file = join(directory, OWN_CLIENTS);
  const clients = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as RegisteredClient[]) : [];
  return new Map(clients.map((client) => [client.client_id, client]));
}

/** Registers a force's own system with its public key, or gives the one of that name another key. It may sign in at once. */
export async function registerOwnClient(
  directory: string,
  clientId: string,
  force: string,
  publicKey: JWK,
): Promise<void> {
  const clients = new Map(await ownClientsIn(directory));
  const resources = FORCE_RESOURCES;
  clients.set(clientId, {
    client_id: clientId,
    jwks: { keys: [publicHalf(publicKey)] },
    resources,
    claims: { force },
  });
  await writePrivate(join(directory, OWN_CLIENTS), [...clients.values()]);
}

/** The ES256 key pair of a file; made at first use, kept afterwards, so that what it signed stays valid. */
export async function keptKey(file: string): Promise<JWK> {
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as JWK;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kept: JWK = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
  await writePrivate(file, kept);
  return kept;
}

/** Everything of a key but its secret number. */
export function publicHalf({ kty, crv, x, y, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, y, kid, alg, use };
}

async function writePrivate(file: string, value: unknown): Promise<void> {
  // Renamed into place: a reader never meets half a file, and the mode is right from its first byte.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}

function sentence(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
