/** What stands between the services and a part of theirs. */
export type Way = 'kafka' | 'postgres';

/** How the way to a part is at present; an empty one is a good one. */
export interface Weather {
  /** Where nothing passes: it waits, like packets that are sent again until they arrive, and connections stay open. */
  readonly hold?: 'both ways' | 'to the part' | 'from the part';
  /** How much later than sent everything comes from the part. */
  readonly delayMs?: number;
  /** Each direction, shared by all connections. */
  readonly bytesPerSecond?: number;
  /** Of the broker's answers to a produce request every so manieth never arrives: alone, or its connection is reset with it. */
  readonly loseProduceReply?: { readonly every: number; readonly withConnection: boolean };
}

export interface Counts {
  /** Made since the start. */
  readonly connections: number;
  /** Requests to join a consumer group. */
  readonly joins: number;
  readonly lostReplies: number;
}

/** The tests' side of the proxies that `npm run faults` has put before PostgreSQL and Kafka. */
export class Network {
  private readonly url: string;

  constructor(url = process.env['FAULT_NETWORK']) {
    if (url === undefined)
      throw new Error('FAULT_NETWORK is not set: this row runs on a system behind proxies (npm run faults).');
    this.url = url;
  }

  async set(way: Way, weather: Weather): Promise<void> {
    await this.call(way, { method: 'PUT', body: JSON.stringify(weather) });
  }

  /** Resets every connection there is at this moment. */
  async reset(way: Way): Promise<void> {
    await this.call(way, { method: 'DELETE' });
  }

  async counts(way: Way): Promise<Counts> {
    return (await (await this.call(way, {})).json()) as Counts;
  }

  /** Bad weather while the work is under way, and good weather after it, however it ended. */
  async during<Result>(way: Way, weather: Weather, work: () => Promise<Result>): Promise<Result> {
    await this.set(way, weather);
    try {
      return await work();
    } finally {
      await this.set(way, {});
    }
  }

  private async call(way: Way, init: RequestInit): Promise<Response> {
    const answer = await fetch(`${this.url}/${way}`, init);
    if (!answer.ok) throw new Error(`the proxy of ${way} answered ${answer.status}`);
    return answer;
  }
}
