import { ClientCredentials } from './client-credentials.ts';
import { JsonHttp, type HttpAnswer, type HttpCall } from './json-http.ts';
import { keyPath } from './running-stack.ts';
import { ConnectionLost } from './until-definite.ts';

/**
 * A development credential of the local start, and the resource (`urn:concordat:<service>`) that its tokens
 * are for.
 */
export interface Credential {
  readonly issuer: string;
  readonly clientId: string;
  readonly keyFile: string;
  readonly resource: string;
  /** True if the identity provider may be reached without TLS. */
  readonly insecureIssuer?: boolean;
}

/** Gives access tokens; `forget` is called after a service has refused one. */
export interface TokenSource {
  token(): Promise<string>;
  forget?(): void;
}

/**
 * Calls one service with one credential. Each call carries an access token, which is renewed before it
 * expires.
 */
export class Caller {
  private readonly http: JsonHttp;
  private readonly tokens: TokenSource;

  /** `server` is an address, or connections that several callers share. */
  constructor(credential: Credential | TokenSource, server: string | JsonHttp, connections = 1) {
    this.http = typeof server === 'string' ? new JsonHttp(server, connections) : server;
    this.tokens =
      'token' in credential
        ? credential
        : new ClientCredentials({ ...credential, keyFile: keyPath(credential.keyFile) });
  }

  /**
   * Sends one call and returns the answer with any status. After a 401 it tries once more with a new token.
   * Other statuses and lost connections are not retried. Throws `ConnectionLost` when no answer or no token
   * came.
   */
  async call(path: string, call: HttpCall = {}): Promise<HttpAnswer> {
    const answer = await this.authorised(path, call);
    if (answer.status !== 401) return answer;
    // The identity provider may have new keys after a restart, so one new token is tried.
    this.tokens.forget?.();
    return this.authorised(path, call);
  }

  close(): void {
    this.http.close();
  }

  private async authorised(path: string, call: HttpCall): Promise<HttpAnswer> {
    let token: string;
    try {
      token = await this.tokens.token();
    } catch (error) {
      // Nothing was sent to the service, so a repeat is as safe as after a refused connection.
      throw new ConnectionLost(`no access token: ${(error as Error).message}`);
    }
    return this.http.call(path, { ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } });
  }
}
