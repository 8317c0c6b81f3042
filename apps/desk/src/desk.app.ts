import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formBody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import fastifySession from '@fastify/session';
import fastifyStatic from '@fastify/static';
import view from '@fastify/view';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import nunjucks from 'nunjucks';
import type { Database } from '#persistence';
import { isLoopback, type DeskConfig } from './desk.config.ts';
import { requireForm } from './posted-form.ts';
import { sessionStore } from './session/session-store.ts';

/**
 * Browsers never store pages of records. They keep styles and scripts for a year, because the address names
 * the build.
 */
const ASSETS_KEPT_MS = 365 * 24 * 3_600_000;
/** The largest form is an answer of several long texts. */
const BODY_BYTES_MAX = 512 * 1024;
/** The mark of a session cookie: only this host, only over a secure connection, for the whole site. */
export const SESSION_COOKIE = '__Host-concordat';

/** Folders of the built desk. From the sources, the built assets are used as well. */
const HERE = import.meta.dirname;
export const VIEWS = join(HERE, '../views');
export const PUBLIC = HERE.includes(`${join('dist', 'apps')}`)
  ? join(HERE, '../public')
  : join(HERE, '../../../dist/apps/desk/public');

declare module 'fastify' {
  interface FastifyRequest {
    /** Milliseconds since the epoch. */
    arrivedAt: number;
    cspNonce: string;
    csrfToken(): string;
  }
}

/** Fastify with sessions, forms, pages and their protection. */
export async function deskAdapter(
  config: DeskConfig,
  database: Database,
  nodeModules: string,
): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: config.behindProxy,
    skipMiddie: true,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.decorateRequest('arrivedAt', 0);
  fastify.decorateRequest('cspNonce', '');
  fastify.decorateRequest('csrfToken', () => '');
  fastify.addHook('onRequest', (request, reply, done) => {
    request.arrivedAt = Date.now();
    request.cspNonce = randomBytes(16).toString('base64');
    // The token is made at its first use, because it creates a session.
    request.csrfToken = () => reply.generateCsrf();
    // Browsers keep a Secure cookie of their own machine although the connection is plain.
    if (isLoopback(new URL(config.origin).hostname))
      Object.defineProperty(request, 'protocol', { value: 'https', configurable: true });
    done();
  });
  await fastify.register(helmet, {
    enableCSPNonces: false,
    contentSecurityPolicy: false,
    strictTransportSecurity: config.origin.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    reply.header('content-security-policy', policyOf(request, config));
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
    done(null, payload);
  });
  // Browsers send forms, and nobody else posts here.
  fastify.removeAllContentTypeParsers();
  await fastify.register(formBody, { bodyLimit: BODY_BYTES_MAX });
  fastify.addHook('preValidation', requireForm);
  await fastify.register(cookie);
  await fastify.register(fastifySession, {
    secret: config.sessionKey,
    cookieName: SESSION_COOKIE,
    cookie: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' },
    rolling: false,
    saveUninitialized: false,
    store: sessionStore(database, config),
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // A page that was made late must not bring back the cookie of a session that has been ended.
    const { [SESSION_COOKIE]: given } = request.cookies;
    const { encryptedSessionId } = (request.session ?? {}) as { readonly encryptedSessionId?: string };
    if (given !== undefined && given === encryptedSessionId) reply.removeHeader('set-cookie');
    done(null, payload);
  });
  await fastify.register(csrf, {
    sessionPlugin: '@fastify/session',
    getToken: ({ headers, body }: FastifyRequest) => {
      const { 'x-csrf-token': sent } = headers;
      const { _csrf: posted } = (body ?? {}) as { readonly _csrf?: string };
      return typeof sent === 'string' ? sent : posted;
    },
  });
  fastify.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD') done();
    else fastify.csrfProtection(request, reply, done);
  });
  await fastify.register(view, {
    engine: { nunjucks },
    templates: [
      VIEWS,
      join(nodeModules, 'govuk-frontend/dist'),
      join(nodeModules, '@ministryofjustice/frontend'),
    ],
    options: { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true },
  });
  await fastify.register(fastifyStatic, {
    root: PUBLIC,
    prefix: '/assets/',
    maxAge: ASSETS_KEPT_MS,
    immutable: true,
    preCompressed: true,
    decorateReply: false,
  });
  return adapter;
}

/**
 * Styles, scripts and pictures come from the desk alone, and a script also needs the page's nonce. A form may
 * lead to the identity provider, because signing out ends there.
 */
function policyOf({ cspNonce }: FastifyRequest, { issuer }: DeskConfig): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${cspNonce}'`,
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${new URL(issuer).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
