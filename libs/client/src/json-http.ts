import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { textOfUtf8 } from '#kernel';
import { ConnectionLost } from './until-definite.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; null when there was no body or it was not JSON. */
  readonly body: unknown;
}

export interface HttpCall {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const SILENCE_MS_MAX = 30_000;

/** Sends JSON to one server over persistent connections: at most `connections` at once; other calls wait. */
export class JsonHttp {
  private readonly agent: Agent;
  private readonly base: URL;

  constructor(baseUrl: string, connections: number) {
    this.base = new URL(baseUrl);
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'lifo' });
  }

  /**
   * Sends one call and returns the answer with any status. Throws `ConnectionLost` after 30 s of silence or
   * when the connection fails; it does not retry.
   */
  async call(path: string, { method = 'GET', headers = {}, body }: HttpCall = {}): Promise<HttpAnswer> {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const lost = (error: Error): void =>
        reject(new ConnectionLost(`${this.base.host}: ${error.message || error.name}`));
      const outgoing = request(
        {
          agent: this.agent,
          host: this.base.hostname,
          port: this.base.port,
          path,
          method,
          headers: {
            accept: 'application/json, application/problem+json',
            ...(bytes && { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
            ...headers,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', lost);
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: parsed(chunks) }),
          );
        },
      );
      outgoing.setTimeout(SILENCE_MS_MAX, () =>
        outgoing.destroy(new Error(`silent for ${SILENCE_MS_MAX / 1000} s`)),
      );
      outgoing.on('error', lost);
      outgoing.end(bytes);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function parsed(chunks: readonly Buffer[]): unknown {
  if (chunks.length === 0) return null;
  try {
    return JSON.parse(textOfUtf8(Buffer.concat(chunks))) as unknown;
  } catch {
    return null;
  }
}
