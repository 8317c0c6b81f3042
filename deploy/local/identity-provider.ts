import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Provider, errors, type AdapterPayload, type KoaContextWithOIDC } from 'oidc-provider';
import { keptKey, ownClientsIn, type RegisteredClient } from './identity-provider-clients.ts';
import { Memory } from './identity-provider-memory.ts';
import { messagePage, signOutPage } from './identity-provider-pages.ts';
import { claimsAt, identityClaims, peopleIn, type Person } from './identity-provider-people.ts';
import { addSignInPages, refuseProduction, signInPath } from './identity-provider-sign-in.ts';

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
const CODE_SECONDS = 60;
const SIGN_IN_SECONDS = 60 * 60;
/** A person's session and refresh token last for a long working day. */
const SESSION_SECONDS = 12 * 60 * 60;
const SCOPE = 'openid offline_access';

/**
 * Starts a real OpenID Connect provider for development and tests. Systems get tokens by client credentials,
 * people by the code flow with PKCE and a sign-in page. Clients authenticate with private_key_jwt (ES256).
 * There is one JWT access token for each resource. Anybody who can write its files or open its page can sign
 * in as anybody, so it refuses to run in production.
 */
export async function startIdentityProvider(
  options: IdentityProviderOptions,
): Promise<{ readonly issuer: string; readonly stop: () => Promise<void> }> {
  refuseProduction();
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
  const directory = dirname(options.clientsFile);
  const people = await peopleIn(directory);
  const callback = provider({ issuer, clients, people, directory, signingKey }).callback();
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

function provider({
  issuer,
  clients,
  people,
  directory,
  signingKey,
}: {
  readonly issuer: string;
  readonly clients: readonly RegisteredClient[];
  readonly people: ReadonlyMap<string, Person>;
  readonly directory: string;
  readonly signingKey: object;
}): Provider {
  const fixed = new Map(clients.map((client) => [client.client_id, client]));
  const registered = async (id: string): Promise<RegisteredClient | undefined> =>
    fixed.get(id) ?? (await ownClientsIn(directory)).get(id);
  const signedIn = (ctx: KoaContextWithOIDC): Person | undefined =>
    people.get(ctx.oidc.entities.Account?.accountId ?? '');
  const created: Provider = new Provider(issuer, {
    adapter: (model: string) => (model === 'Client' ? new RegisteredClients(registered) : new Memory()),
    jwks: { keys: [signingKey] },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] },
    // Sessions end with the process, so the key that signs their cookies may too.
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      names: {
        session: 'concordat_identity',
        interaction: 'concordat_identity_sign_in',
        resume: 'concordat_identity_resume',
      },
    },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'name', 'units', 'force', 'operations'] },
    findAccount: (_ctx, subject) => {
      const person = people.get(subject);
      return person && { accountId: subject, claims: async () => identityClaims(person) };
    },
    interactions: { url: (_ctx, { uid }) => signInPath(uid) },
    // Consent is given by itself, also when a signed-out person signs in again.
    async loadExistingGrant(ctx) {
      const { session, client } = ctx.oidc;
      const accountId = session?.accountId;
      if (client === undefined || accountId === undefined) return undefined;
      const known = session?.grantIdFor(client.clientId);
      const found = known === undefined ? undefined : await created.Grant.find(known);
      if (found?.accountId === accountId) return found;
      const grant = new created.Grant({ accountId, clientId: client.clientId });
      grant.addOIDCScope(SCOPE);
      await grant.save();
      return grant;
    },
    // The client can keep a secret, so a stolen refresh token is worth nothing without its key.
    rotateRefreshToken: false,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // A sign-out ends the tokens of the sign-in, also with the scope offline_access.
    expiresWithSession: async () => true,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          ctx.body = signOutPage(form);
        },
        postLogoutSuccessSource(ctx) {
          Object.assign(ctx, {
            type: 'html',
            body: messagePage('You are signed out', 'You can close this page.'),
          });
        },
      },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // A code for several resources gives a token for the first at which the person has a role.
        defaultResource(ctx, _client, oneOf) {
          const person = signedIn(ctx);
          // The types of the library know no answer without a resource, but its own default gives that.
          return oneOf?.find((resource) => person && claimsAt(person, resource)) as string;
        },
        async getResourceServerInfo(ctx, resource, client) {
          if ((await registered(client.clientId))?.resources.includes(resource) !== true)
            throw new errors.InvalidTarget();
          // The person is known when a token is asked for, but not yet when the sign-in begins.
          const person = signedIn(ctx);
          if (person !== undefined && claimsAt(person, resource) === undefined)
            throw new errors.InvalidTarget('This person has no role there.');
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
    async extraTokenClaims(_ctx, token) {
      if (token.kind === 'ClientCredentials') return { ...(await registered(token.clientId ?? ''))?.claims };
      const person = people.get(token.accountId);
      return person && { ...claimsAt(person, String(token.aud)) };
    },
    renderError(ctx, { error, error_description: why }) {
      Object.assign(ctx, {
        type: 'html',
        body: messagePage('This is not possible', `${error}: ${why ?? ''}`),
      });
    },
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      Grant: SESSION_SECONDS,
      IdToken: ACCESS_TOKEN_SECONDS,
      Interaction: SIGN_IN_SECONDS,
      RefreshToken: SESSION_SECONDS,
      Session: SESSION_SECONDS,
    },
  });
  const returns = clients.flatMap((client) => [
    ...(client.redirect_uris ?? []),
    ...(client.post_logout_redirect_uris ?? []),
  ]);
  addSignInPages(created, people, [...new Set(returns.map((address) => new URL(address).origin))]);
  created.on('grant.error', (ctx, error) =>
    log(
      'warn',
      `${ctx.oidc.client?.clientId ?? 'unknown client'}: ${error.message} ${error.error_detail ?? ''}`,
    ),
  );
  created.on('server_error', (_ctx, error) => log('error', error.message));
  return created;
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
    const people = client?.redirect_uris !== undefined;
    return (
      client && {
        client_id: id,
        jwks: { keys: [...client.jwks.keys] },
        grant_types: people ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
        response_types: people ? ['code'] : [],
        redirect_uris: [...(client.redirect_uris ?? [])],
        post_logout_redirect_uris: [...(client.post_logout_redirect_uris ?? [])],
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
