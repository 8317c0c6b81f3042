import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Ports } from '../../deploy/local/deployment.ts';
import { Proxy } from './proxy.ts';
import type { Way, Weather } from './network-control.ts';

export interface RunningNetwork {
  /** Where `Network` reaches it. */
  readonly url: string;
  close(): Promise<void>;
}

type Places = Pick<Ports, Way>;

/** A proxy before each of the two parts, told over HTTP by the tests, which run in another process. */
export async function startNetwork(at: Places, behind: Places): Promise<RunningNetwork> {
  const proxies: Record<Way, Proxy> = {
    kafka: await Proxy.start({ from: at.kafka, to: behind.kafka, speaksKafka: true }),
    postgres: await Proxy.start({ from: at.postgres, to: behind.postgres, speaksKafka: false }),
  };
  const server = createServer((request, response) => {
    const proxy = proxies[request.url?.slice(1) as Way] as Proxy | undefined;
    const act = async (): Promise<void> => {
      if (request.method === 'PUT') proxy?.set(JSON.parse(await text(request)) as Weather);
      if (request.method === 'DELETE') proxy?.reset();
      response.statusCode = proxy ? 200 : 404;
      response.end(JSON.stringify(proxy?.counts() ?? null));
    };
    act().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => server.close(resolve)),
        ...Object.values(proxies).map((proxy) => proxy.close()),
      ]);
    },
  };
}
