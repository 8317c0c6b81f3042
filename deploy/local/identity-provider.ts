import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Provider, errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { keptKey, ownClientsIn, type RegisteredClient } from './identity-provider-clients.ts';

export {
  writeDevelopmentClients,
  type DevelopmentClient,
  type DevelopmentClients,
} from './identity-provider-clients.ts';

export interface IdentityProviderOptions {
  /** 0 means any free port. */
  readonly port: number;
  readonly host?: string;
  /** The URL by which others reach it, if that differs from its own host and port (docker-compose.yml). */
  readonly issuer?: string;
  readonly clientsFile: string;
  /** The directory that keeps the signing key, so that tokens stay valid after a restart. */
  readonly dataDir: string;
}

const ACCESS_TOKEN_SECONDS = 600;
/**
 * Maximum number of entries in memory. The oldest is dropped first; this holds the used assertions of the
 * last minute or so.
 */
const KEPT_MAX = 50_000;

/**
 * Starts a real OpenID Connect provider for development and tests: client credentials with private_key_jwt
 * (ES256), and one JWT access token for each resource. It reads its clients from files, so a person who can
 * write them can sign in as anybody. For this reason it refuses to run in production.
 */
export async function startIdentityProvider(
  options: IdentityProviderOptions,
): Promise<{ readonly issuer: string; readonly stop: () => Promise<void> }> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'The development identity provider does not run with NODE_ENV=production. Set OIDC_ISSUER to your own provider.',
    );
  }
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const clients = JSON.parse(await readFile(options.clientsFile, 'utf8')) as RegisteredClient[];
  const signingKey = await keptKey(join(options.dataDir, 'identity-signing-key.jwk.json'));

  // The server listens first, because the issuer's URL contains the port.
  let answer: RequestListener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const issuer = options.issuer ?? `http://${host}:${(server.address() as AddressInfo).port}`;
  const callback = provider(issuer, clients, dirname(options.clientsFile), signingKey).callback();
  answer = (request, response) => void callback(request, response);
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function provider(
  issuer: string,
  clients: readonly RegisteredClient[],
  directory: string,
  signingKey: object,
): Provider {
  const fixed = new Map(clients.map((client) => [client.client_id, client]));
  const registered = async (id: string): Promise<RegisteredClient | undefined> =>
    fixed.get(id) ?? (await ownClientsIn(directory)).get(id);
  const created = new Provider(issuer, {
    adapter: (model: string) => (model === 'Client' ? new RegisteredClients(registered) : new Memory()),
    jwks: { keys: [signingKey] },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: {
        enabled: true,
        async getResourceServerInfo(_ctx, resource, client) {
          if ((await registered(client.clientId))?.resources.includes(resource) !== true)
            throw new errors.InvalidTarget();
          return {
            scope: '',
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: ACCESS_TOKEN_SECONDS,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
    extraTokenClaims: async (_ctx, token) => ({ ...(await registered(token.clientId ?? ''))?.claims }),
    ttl: { ClientCredentials: ACCESS_TOKEN_SECONDS },
  });
  created.on('grant.error', (ctx, error) =>
    log(
      'warn',
      `${ctx.oidc.client?.clientId ?? 'unknown client'}: ${error.message} ${error.error_detail ?? ''}`,
    ),
  );
  created.on('server_error', (_ctx, error) => log('error', error.message));
  return created;
}

/**
 * The bounded store of the provider. It keeps used assertions against replay, but no access tokens, which are
 * JWTs.
 */
class Memory implements Adapter {
  private readonly kept = new Map<string, { readonly payload: AdapterPayload; readonly endsAt: number }>();

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<undefined> {
    if (this.kept.size >= KEPT_MAX)
      for (const oldest of this.kept.keys()) if (this.kept.delete(oldest)) break;
    this.kept.set(id, {
      payload,
      endsAt: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000,
    });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.kept.get(id);
    return entry !== undefined && entry.endsAt > Date.now() ? entry.payload : undefined;
  }

  async destroy(id: string): Promise<undefined> {
    this.kept.delete(id);
  }

  async consume(id: string): Promise<undefined> {
    const entry = this.kept.get(id);
    if (entry !== undefined) entry.payload.consumed = Math.floor(Date.now() / 1000);
  }

  // Sessions, user codes and grants belong to sign-in with a browser, which this provider does not offer.
  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async revokeByGrantId(): Promise<undefined> {}
}

/** The registered clients. They are read at each sign-in, so that a new client needs no restart. */
class RegisteredClients extends Memory {
  private readonly registered: (id: string) => Promise<RegisteredClient | undefined>;

  constructor(registered: (id: string) => Promise<RegisteredClient | undefined>) {
    super();
    this.registered = registered;
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const client = await this.registered(id);
    return (
      client && {
        client_id: id,
        jwks: { keys: [...client.jwks.keys] },
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        id_token_signed_response_alg: 'ES256',
      }
    );
  }
}

function log(level: 'info' | 'warn' | 'error', msg: string): void {
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), service: 'identity-provider', msg: msg.trim() })}\n`,
  );
}

if (import.meta.main) {
  const { PORT, HOST, ISSUER, CLIENTS_FILE, DATA_DIR } = process.env;
  if (!PORT || !CLIENTS_FILE || !DATA_DIR) {
    console.error(
      'Set PORT, CLIENTS_FILE (written by writeDevelopmentClients) and DATA_DIR (keeps the signing key).',
    );
    process.exit(1);
  }
  try {
    const { issuer, stop } = await startIdentityProvider({
      port: Number(PORT),
      clientsFile: CLIENTS_FILE,
      dataDir: DATA_DIR,
      ...(HOST && { host: HOST }),
      ...(ISSUER && { issuer: ISSUER }),
    });
    log('info', `listening on ${issuer}`);
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void stop().then(() => process.exit(0)));
  } catch (error) {
    log('error', (error as Error).message);
    process.exit(1);
  }
}
