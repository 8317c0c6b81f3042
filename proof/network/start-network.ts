import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Ports } from '../../deploy/local/deployment.ts';
import { Proxy } from './proxy.ts';
import type { ProxiedServer, NetworkProfile } from './network-control.ts';

export interface RunningNetwork {
  /** The address for `NetworkControl`. */
  readonly url: string;
  close(): Promise<void>;
}

type ServerPorts = Pick<Ports, ProxiedServer>;

/** Starts a proxy before each of the two servers. The tests control them over HTTP, from another process. */
export async function startNetwork(at: ServerPorts, behind: ServerPorts): Promise<RunningNetwork> {
  const proxies: Record<ProxiedServer, Proxy> = {
    kafka: await Proxy.start({ from: at.kafka, to: behind.kafka, speaksKafka: true }),
    postgres: await Proxy.start({ from: at.postgres, to: behind.postgres, speaksKafka: false }),
  };
  const server = createServer((request, response) => {
    const proxy = proxies[request.url?.slice(1) as ProxiedServer] as Proxy | undefined;
    const act = async (): Promise<void> => {
      if (request.method === 'PUT') proxy?.set(JSON.parse(await text(request)) as NetworkProfile);
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
