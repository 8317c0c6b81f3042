/** A server that the services reach through a proxy. */
export type ProxiedServer = 'kafka' | 'postgres';

/** The present behaviour of the network to a server. An empty profile is a good network. */
export interface NetworkProfile {
  /** The directions that are held back. Bytes wait, as if they were retransmitted; connections stay open. */
  readonly hold?: 'both ways' | 'to the server' | 'from the server';
  /** The delay of everything that comes from the server. */
  readonly delayMs?: number;
  /** The limit for each direction, shared by all connections. */
  readonly bytesPerSecond?: number;
  /** Every Nth answer to a produce request is dropped, alone or together with its connection. */
  readonly loseProduceReply?: { readonly every: number; readonly withConnection: boolean };
}

export interface ProxyCounts {
  /** Connections opened since the start. */
  readonly connections: number;
  /** Requests to join a consumer group. */
  readonly joins: number;
  readonly lostReplies: number;
}

/** Controls the proxies that `npm run faults` starts before PostgreSQL and Kafka. */
export class NetworkControl {
  private readonly url: string;

  constructor(url = process.env['FAULT_NETWORK']) {
    if (url === undefined)
      throw new Error('FAULT_NETWORK is not set: this row runs on a system behind proxies (npm run faults).');
    this.url = url;
  }

  async set(server: ProxiedServer, profile: NetworkProfile): Promise<void> {
    await this.call(server, { method: 'PUT', body: JSON.stringify(profile) });
  }

  /** Resets every connection that is open at this moment. */
  async reset(server: ProxiedServer): Promise<void> {
    await this.call(server, { method: 'DELETE' });
  }

  async counts(server: ProxiedServer): Promise<ProxyCounts> {
    return (await (await this.call(server, {})).json()) as ProxyCounts;
  }

  /** Applies the profile during the work, and a good network after it, even when the work fails. */
  async during<Result>(
    server: ProxiedServer,
    profile: NetworkProfile,
    work: () => Promise<Result>,
  ): Promise<Result> {
    await this.set(server, profile);
    try {
      return await work();
    } finally {
      await this.set(server, {});
    }
  }

  private async call(server: ProxiedServer, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${this.url}/${server}`, init);
    if (!answer.ok) throw new Error(`the proxy for ${server} answered ${answer.status}`);
    return answer;
  }
}
