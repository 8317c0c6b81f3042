import { ClientCredentials } from './client-credentials.ts';
import { JsonHttp, type HttpAnswer, type HttpCall } from './json-http.ts';
import { keyPath } from './running-stack.ts';
import { ConnectionLost } from './until-definite.ts';

/** A development credential of the local start, and the service that its tokens are for. */
export interface Credential {
  readonly issuer: string;
  readonly clientId: string;
  readonly keyFile: string;
  readonly resource: string;
  /** True where the identity provider may be reached without TLS. */
  readonly insecureIssuer?: boolean;
}

/** One credential at one service. Each call carries its access token, which is renewed when it runs out or is refused. */
export class Caller {
  private readonly credentials: ClientCredentials;
  private readonly http: JsonHttp;

  constructor({ keyFile, ...credential }: Credential, baseUrl: string, connections: number) {
    this.http = new JsonHttp(baseUrl, connections);
    this.credentials = new ClientCredentials({ ...credential, keyFile: keyPath(keyFile) });
  }

  async call(path: string, call: HttpCall = {}): Promise<HttpAnswer> {
    const answer = await this.authorised(path, call);
    if (answer.status !== 401) return answer;
    // The identity provider may have come back with new keys: one new token is tried.
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
      // Nothing was sent to the service, so a repeat is as safe as after a refused connection.
      throw new ConnectionLost(`no access token: ${(error as Error).message}`);
    }
    return this.http.call(path, { ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } });
  }
}
