import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import {
  developmentPeople,
  INTAKE_RESOURCE,
  PEOPLE_FILE,
  postName,
  resourceOfUnit,
  SIMULATED_POSTS,
  STAFF_POSTS,
  type Person,
} from './identity-provider-people.ts';

/** A client of the development identity provider: one entry of its CLIENTS_FILE. */
export interface RegisteredClient {
  readonly client_id: string;
  readonly jwks: { readonly keys: readonly JWK[] };
  /** Audiences for which the client may request a token. */
  readonly resources: readonly string[];
  /** Claims of its tokens. They come only from this file, never from the client. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Where the browser returns after a sign-in. Only a client with these signs people in. */
  readonly redirect_uris?: readonly string[];
  /** Where the browser may return after a sign-out. */
  readonly post_logout_redirect_uris?: readonly string[];
}

/** A development sign-in of a force's own system, or of one member of a unit's staff. */
export interface DevelopmentClient {
  readonly clientId: string;
  readonly kind: 'force' | 'staff';
  /** File with the private key (JWK, ES256), readable only by its owner. */
  readonly keyFile: string;
  /** The audience that it usually requests: intake for a force, the unit for staff. */
  readonly resource: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The client by which people sign in. */
export interface DeskClient {
  readonly clientId: string;
  readonly keyFile: string;
}

export interface DevelopmentClients {
  readonly clientsFile: string;
  readonly clients: readonly DevelopmentClient[];
  readonly people: readonly Person[];
  /** Undefined if no origin was given for the desk. */
  readonly desk: DeskClient | undefined;
}

const OWN_CLIENTS = 'own-clients.json';
const DESK = 'desk';
/** Audiences for which a force's system may request a token. The first is the usual one. */
const FORCE_RESOURCES = [INTAKE_RESOURCE, 'urn:concordat:collaboration'] as const;

/**
 * Registers one client for each force and sandbox, the staff clients of each unit, the desk's client, and
 * the people who sign in through the desk. `dir` then holds the private keys in `keys/` (kept between runs,
 * mode 600), `clients.json` with the public keys, and `people.json`; the identity provider reads both when it
 * starts. Forces, sandboxes and units are given as slugs. Staff see all forces, but no sandbox.
 */
export async function writeDevelopmentClients(options: {
  readonly dir: string;
  readonly forces: readonly string[];
  readonly sandboxes?: readonly string[];
  readonly units: readonly string[];
  /** The address of the desk, without a path. */
  readonly deskOrigin?: string;
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
    for (const { suffix, role, title } of [...STAFF_POSTS, ...SIMULATED_POSTS]) {
      planned.push({
        clientId: `${unit}.${suffix}`,
        kind: 'staff',
        resource: resourceOfUnit(unit),
        // The name is a post in the unit, so that no real person is named.
        claims: { unit, role, name: postName(unit, title), forces: options.forces },
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
  let desk: DeskClient | undefined;
  if (options.deskOrigin !== undefined) {
    desk = { clientId: DESK, keyFile: join(keysDir, `${DESK}.jwk.json`) };
    lines.push(deskLine(options.deskOrigin, options.units, publicHalf(await keptKey(desk.keyFile))));
  }
  const people = developmentPeople(options.forces, options.units);
  await writePrivate(join(options.dir, PEOPLE_FILE), people);
  await writePrivate(clientsFile, lines);
  return { clientsFile, clients: registered.map(({ client }) => client), people, desk };
}

function deskLine(origin: string, units: readonly string[], publicKey: JWK): RegisteredClient {
  return {
    client_id: DESK,
    jwks: { keys: [publicKey] },
    resources: [...units.map(resourceOfUnit), INTAKE_RESOURCE],
    claims: {},
    redirect_uris: [`${origin}/sign-in/callback`],
    post_logout_redirect_uris: [`${origin}/signed-out`],
  };
}

/** Reads the clients that were registered with `npm run register-key`, by id. */
export async function ownClientsIn(directory: string): Promise<ReadonlyMap<string, RegisteredClient>> {
  const file = join(directory, OWN_CLIENTS);
  const clients = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as RegisteredClient[]) : [];
  return new Map(clients.map((client) => [client.client_id, client]));
}

/**
 * Registers a force's own system with its public key, or replaces the key of a known one. The system can sign
 * in at once.
 */
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

/**
 * Reads the ES256 key pair of a file, and creates it at first use. It is kept, so that tokens signed with it
 * stay valid.
 */
export async function keptKey(file: string): Promise<JWK> {
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as JWK;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const created: JWK = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
  await writePrivate(file, created);
  return created;
}

/** Returns the public part of a key. */
export function publicHalf({ kty, crv, x, y, kid, alg, use }: JWK): JWK {
  return { kty, crv, x, y, kid, alg, use };
}

async function writePrivate(file: string, value: unknown): Promise<void> {
  // The file is renamed into place, so that a reader never sees half of it and its mode is right from the
  // first byte.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
