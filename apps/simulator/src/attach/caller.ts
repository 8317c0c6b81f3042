import { ClientCredentials } from '#web';
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
  private credentials: ClientCredentials;
  private readonly http: JsonHttp;

  constructor(
    private readonly credential: Credential,
    baseUrl: string,
    connections: number,
  ) {
    this.http = new JsonHttp(baseUrl, connections);
    this.credentials = this.newCredentials();
  }

  async call(path: string, call: HttpCall = {}): Promise<HttpAnswer> {
    const answer = await this.authorised(path, call);
    if (answer.status !== 401) return answer;
    // A token that the service no longer takes (the identity provider was restarted with new keys): once, with a new one.
    this.credentials = this.newCredentials();
    return this.authorised(path, call);
  }

  close(): void {
    this.http.close();
  }

  private async authorised(path: string, call: HttpCall): Promise<HttpAnswer> {
    const token = await this.credentials.token();
    return this.http.call(path, { ...call, headers: { ...call.headers, authorization: `Bearer ${token}` } });
  }

  private newCredentials(): ClientCredentials {
    const { issuer, clientId, keyFile, resource } = this.credential;
    return new ClientCredentials({ issuer, clientId, keyFile: keyPath(keyFile), resource });
  }
}
