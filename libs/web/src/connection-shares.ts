import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionBounds {
  /** Open connections at once, from all addresses together. */
  readonly connectionsMax: number;
  /** Open connections at once from one address. */
  readonly perAddressMax: number;
}

/** The open connections of one address, oldest first. */
class OpenConnections {
  /** Connections that have not shown a valid token. */
  readonly strangers = new Set<Socket>();
  readonly admitted = new Set<Socket>();

  get size(): number {
    return this.strangers.size + this.admitted.size;
  }

  forget(socket: Socket): void {
    this.strangers.delete(socket);
    this.admitted.delete(socket);
  }
}

/**
 * Gives each address a share of the connections. Beyond the share of its address, or beyond the total, a new
 * connection replaces the oldest connection without a valid token: first of its own address, otherwise of the
 * address that has most of them. So clients without a token only push out each other, from however many
 * addresses they come. If all connections are admitted, a new one replaces one of an address that holds more
 * than its own, or is closed unread.
 */
export class ConnectionShares {
  private readonly open = new Map<string, OpenConnections>();
  private readonly addresses = new WeakMap<Socket, string>();
  /**
   * A replaced socket counts until it has closed. It leaves `open` at once, so that the next connection
   * replaces another.
   */
  private count = 0;

  constructor(
    server: Pick<Server, 'on'>,
    private readonly bounds: ConnectionBounds,
  ) {
    server.on('connection', (socket: Socket) => {
      this.take(socket);
    });
  }

  /** Must be called once a valid token was seen on the connection. */
  admit(socket: Socket): void {
    const own = this.open.get(this.addresses.get(socket) ?? '');
    if (own?.strangers.delete(socket) === true) own.admitted.add(socket);
  }

  private take(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const own = this.open.get(address) ?? new OpenConnections();
    if (!this.hasRoomFor(own)) {
      socket.destroy();
      return;
    }
    own.strangers.add(socket);
    this.open.set(address, own);
    this.addresses.set(socket, address);
    this.count += 1;
    socket.once('close', () => {
      this.count -= 1;
      own.forget(socket);
      // The map may have a newer entry, if the last socket of this one was replaced before it closed.
      if (own.size === 0 && this.open.get(address) === own) this.open.delete(address);
    });
  }

  private hasRoomFor(own: OpenConnections): boolean {
    if (own.size >= this.bounds.perAddressMax) return closeOldest(own.strangers);
    if (this.count < this.bounds.connectionsMax) return true;
    const crowd = this.largest(({ strangers }) => strangers.size);
    if (crowd !== undefined && closeOldest(crowd.strangers)) return true;
    const largest = this.largest(({ size }) => size);
    return largest !== undefined && largest.size > own.size + 1 && closeOldest(largest.admitted);
  }

  /** Returns the largest entry; the first of several equal ones. */
  private largest(sizeOf: (connections: OpenConnections) => number): OpenConnections | undefined {
    let found: OpenConnections | undefined;
    for (const connections of this.open.values())
      if (found === undefined || sizeOf(connections) > sizeOf(found)) found = connections;
    return found;
  }
}

function closeOldest(sockets: Set<Socket>): boolean {
  const [oldest] = sockets;
  if (oldest === undefined) return false;
  sockets.delete(oldest);
  oldest.destroy();
  return true;
}
