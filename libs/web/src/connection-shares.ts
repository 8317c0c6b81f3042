import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionShares {
  /** Open at once, of all addresses together. */
  readonly connectionsMax: number;
  /** Open at once from one address. */
  readonly perAddressMax: number;
}

/**
 * Gives each address a share of the connections. A connection beyond the share of its address is closed before anything is read.
 * When all are in use, the address that holds the most gives up its oldest for an address that holds less, so that another
 * address is always served.
 */
export function shareConnections(server: Server, { connectionsMax, perAddressMax }: ConnectionShares): void {
  const open = new Map<string, Set<Socket>>();
  // Sockets that give way are counted until they have closed; in `open` they no longer are, so that the next newcomer takes another.
  let count = 0;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const own = open.get(address) ?? new Set<Socket>();
    if (own.size >= perAddressMax || (count >= connectionsMax && !makeRoom(open, own.size))) {
      socket.destroy();
      return;
    }
    open.set(address, own.add(socket));
    count += 1;
    socket.once('close', () => {
      count -= 1;
      own.delete(socket);
      // A newer set may stand there, when the last of this one gave way before it closed.
      if (own.size === 0 && open.get(address) === own) open.delete(address);
    });
  });
}

/** Whether an address with more connections than `size` and one more has given one up. */
function makeRoom(open: ReadonlyMap<string, Set<Socket>>, size: number): boolean {
  let largest = new Set<Socket>();
  for (const sockets of open.values()) if (sockets.size > largest.size) largest = sockets;
  if (largest.size <= size + 1) return false;
  const [oldest] = largest;
  if (oldest === undefined) return false;
  largest.delete(oldest);
  oldest.destroy();
  return true;
}
