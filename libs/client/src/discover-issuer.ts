const ANSWER_WITHIN_MS = 5_000;

/** The fields of an OpenID Connect discovery document that are used here. */
export interface DiscoveryDocument {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly token_endpoint: string;
}

/**
 * Returns a function that reads the issuer's discovery document at its first call. A failure is not
 * remembered, so the next call tries again. `insecure` accepts addresses without TLS on other machines: see
 * OIDC_INSECURE_ISSUER. Throws at once for an issuer whose address needs TLS and has none.
 */
export function discoverIssuer(issuer: string, insecure = false): () => Promise<DiscoveryDocument> {
  if (!mayBeAsked(issuer, insecure)) {
    throw new Error(
      `OIDC_ISSUER ${issuer} must use https: keys fetched in the clear can be replaced. On a private network for development, set OIDC_INSECURE_ISSUER=development.`,
    );
  }
  let document: Promise<DiscoveryDocument> | undefined;
  return () =>
    (document ??= readDiscovery(issuer, insecure).catch((error: unknown) => {
      document = undefined;
      throw error;
    }));
}

async function readDiscovery(issuer: string, insecure: boolean): Promise<DiscoveryDocument> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const document = (await response.json()) as Partial<DiscoveryDocument>;
  if (document.issuer !== issuer) throw new Error(`${url} names another issuer: ${String(document.issuer)}`);
  const { jwks_uri: keys, token_endpoint: tokens } = document;
  if (typeof keys !== 'string' || typeof tokens !== 'string')
    throw new Error(`${url} has no jwks_uri or token_endpoint`);
  if (!mayBeAsked(keys, insecure) || !mayBeAsked(tokens, insecure))
    throw new Error(`${url} has a jwks_uri or token_endpoint without https`);
  return document as DiscoveryDocument;
}

function mayBeAsked(url: string, insecure: boolean): boolean {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && (insecure || ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}
