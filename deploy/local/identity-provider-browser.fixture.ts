import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import * as oidc from 'openid-client';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The address outside the identity provider to which the browser was sent, if it was. */
  readonly sentTo: URL | undefined;
}

/** A browser that keeps cookies and follows redirects, as far as they stay with the identity provider. */
export class Browser {
  private readonly cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(private readonly issuer: string) {}

  async open(
    address: string | URL,
    form?: Readonly<Record<string, string>>,
    headers?: object,
  ): Promise<Answer> {
    let url = new URL(address, this.issuer);
    let body = form && new URLSearchParams(form);
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { accept: 'text/html', ...headers, cookie: this.cookiesFor(url.pathname) },
        ...(body && { method: 'POST', body }),
      });
      this.keep(response.headers.getSetCookie());
      const to = response.headers.get('location');
      if (to === null)
        return {
          status: response.status,
          text: await response.text(),
          headers: response.headers,
          sentTo: undefined,
        };
      url = new URL(to, url);
      body = undefined;
      if (url.origin !== new URL(this.issuer).origin)
        return { status: response.status, text: '', headers: response.headers, sentTo: url };
    }
    throw new Error(`too many redirects to ${url.href}`);
  }

  private keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /; *path=([^;]+)/i.exec(line)?.[1] ?? '/';
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(`${name} ${path}`);
      else this.cookies.set(`${name} ${path}`, { value, path });
    }
  }

  private cookiesFor(path: string): string {
    return [...this.cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([key, { value }]) => `${key.split(' ')[0] ?? ''}=${value}`)
      .join('; ');
  }
}

/** Returns the address to which the form of a page is sent. */
export function formOf({ text }: Answer): string {
  const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1];
  if (action === undefined) throw new Error(`a page without a form: ${text}`);
  return action;
}

/** The desk as a relying party, with openid-client. */
export class RelyingParty {
  readonly verifier = oidc.randomPKCECodeVerifier();
  private readonly nonce = oidc.randomNonce();
  private readonly state = oidc.randomState();

  private constructor(
    readonly configuration: oidc.Configuration,
    private readonly redirectUri: string,
  ) {}

  static async at(
    issuer: string,
    { clientId, keyFile }: { readonly clientId: string; readonly keyFile: string },
    redirectUri: string,
  ): Promise<RelyingParty> {
    const jwk = JSON.parse(await readFile(keyFile, 'utf8')) as JWK & { readonly kid: string };
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await crypto.subtle.importKey('jwk', jwk, curve, false, ['sign']);
    const how = { execute: [oidc.allowInsecureRequests] };
    const authentication = oidc.PrivateKeyJwt({ key, kid: jwk.kid });
    return new RelyingParty(
      await oidc.discovery(new URL(issuer), clientId, undefined, authentication, how),
      redirectUri,
    );
  }

  /** The address that begins a sign-in. */
  async begin(resources: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<URL> {
    const parameters = new URLSearchParams({
      redirect_uri: this.redirectUri,
      scope: 'openid offline_access',
      state: this.state,
      nonce: this.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(this.verifier),
      code_challenge_method: 'S256',
      ...more,
    });
    for (const resource of resources) parameters.append('resource', resource);
    return oidc.buildAuthorizationUrl(this.configuration, parameters);
  }

  /** Exchanges the code of the address to which the browser was sent back. */
  complete(callback: URL, verifier = this.verifier) {
    return oidc.authorizationCodeGrant(this.configuration, callback, {
      pkceCodeVerifier: verifier,
      expectedNonce: this.nonce,
      expectedState: this.state,
      idTokenExpected: true,
    });
  }

  /** Returns the access token for one resource. */
  async tokenFor(refreshToken: string, resource: string): Promise<string> {
    const { access_token: token } = await oidc.refreshTokenGrant(this.configuration, refreshToken, {
      resource,
    });
    return token;
  }
}
