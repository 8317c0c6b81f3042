import { ClientCredentials, ConnectionLost } from '#client';
import { takesInsecureIssuer } from '#web';
import { JsonHttp, type HttpAnswer, type HttpCall } from './json-http.ts';
import { keyPath } from './running-stack.ts';

/** Who calls, and which service the token is for. */
export interface Credential {
  readonly issuer: string;
  readonly clientId: string;
  readonly keyFile: string;
  readonly resource: string;
}

/** One credential at one service: every call carries its access token, renewed when it runs out or is refused. */
export class Caller {
  private readonly credentials: ClientCredentials;
  private readonly http: JsonHttp;

  constructor(credential: Credential, baseUrl: string, connections: number) {
    this.http = new JsonHttp(baseUrl, connections);
    const { issuer, clientId, keyFile, resource } = credential;
    const insecureIssuer = takesInsecureIssuer(process.env);
    this.credentials = new ClientCredentials({
      issuer,
      clientId,
      keyFile: keyPath(keyFile),
      resource,
      insecureIssuer,
    });
  }

  async call(path: string, call: HttpCall = {}): Promise<HttpAnswer> {
    const answer = await this.authorised(path, call);
    if (answer.status !== 401) return answer;
    // A token that the service no longer takes (the identity provider came back with new keys): once, with a new one.
    this.credentials.forget();
    return this.authorised(path, call);
  }

  close(): void {
    this.http.close();
  }

  private async authorised(path: string, call: HttpCall): Promise<HttpAnswer> {
    let token: string;
    try {
      token = await this.credentials.token();
    } catch (error) {
      // Nothing was sent to the service: as safe to repeat as a connection that was refused.
      throw new ConnectionLost(`no access token: ${(error as Error).message}`);
    }
    return this.http.call(path, { ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } });
  }
}
