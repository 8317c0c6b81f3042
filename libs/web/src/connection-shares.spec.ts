import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ConnectionShares, type ConnectionBounds } from './connection-shares.ts';

class TestSocket extends EventEmitter {
  destroyed = false;

  constructor(readonly remoteAddress: string) {
    super();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    // A real socket also closes later, not at once.
    setImmediate(() => this.emit('close'));
  }
}

function sharesOf(bounds: ConnectionBounds) {
  const server = new EventEmitter();
  const shares = new ConnectionShares(server as never, bounds);
  const dial = (address: string): TestSocket => {
    const socket = new TestSocket(address);
    server.emit('connection', socket);
    return socket;
  };
  return {
    dial,
    admitted: (address: string): TestSocket => {
      const socket = dial(address);
      shares.admit(socket as unknown as Socket);
      return socket;
    },
  };
}

const open = (sockets: readonly TestSocket[]): boolean[] => sockets.map(({ destroyed }) => !destroyed);

describe('connections without a token', () => {
  it('from many addresses replace each other, and never an admitted one', () => {
    const { dial, admitted } = sharesOf({ connectionsMax: 10, perAddressMax: 5 });
    const force = [admitted('force'), admitted('force'), admitted('force'), admitted('force')];
    const crowd = Array.from({ length: 100 }, (_, n) => dial(`small ${n}`));
    expect(open(force)).toEqual([true, true, true, true]);
    // The newest six are open, each for as long as possible.
    expect(crowd.map(({ destroyed }, n) => (destroyed ? [] : [n])).flat()).toEqual([94, 95, 96, 97, 98, 99]);
    const newcomer = admitted('another force');
    expect([newcomer.destroyed, crowd[94]?.destroyed]).toEqual([false, true]);
  });

  it('are replaced within their own address, so that a client with a token behind the same address gets in', () => {
    const { dial, admitted } = sharesOf({ connectionsMax: 100, perAddressMax: 5 });
    const known = [admitted('balancer'), admitted('balancer')];
    const crowd = Array.from({ length: 3 }, () => dial('balancer'));
    const newcomer = admitted('balancer');
    expect(newcomer.destroyed).toBe(false);
    expect(open(crowd)).toEqual([false, true, true]);
    expect(open(known)).toEqual([true, true]);
  });

  it('of the address with the most of them are replaced first', () => {
    const { dial, admitted } = sharesOf({ connectionsMax: 6, perAddressMax: 6 });
    const single = dial('single');
    const force = [admitted('force'), admitted('force'), admitted('force')];
    const pair = [dial('pair'), dial('pair')];
    const newcomer = dial('new');
    expect([single.destroyed, newcomer.destroyed, ...open(force), ...open(pair)]).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
      true,
    ]);
  });
});

describe('admitted connections', () => {
  it('keep their share: one more from their address is closed unread', () => {
    const { dial, admitted } = sharesOf({ connectionsMax: 100, perAddressMax: 2 });
    const known = [admitted('force'), admitted('force')];
    expect(dial('force').destroyed).toBe(true);
    expect(open(known)).toEqual([true, true]);
  });

  it('make room for an address that holds fewer, and for no other', () => {
    const { dial, admitted } = sharesOf({ connectionsMax: 4, perAddressMax: 4 });
    const many = [admitted('many'), admitted('many'), admitted('many'), admitted('many')];
    expect(admitted('few').destroyed).toBe(false);
    expect(open(many)).toEqual([false, true, true, true]);
    expect(admitted('few').destroyed).toBe(false);
    // Each address has two; a third would take from an address that has no more than its own.
    expect(dial('few').destroyed).toBe(true);
    expect(open(many)).toEqual([false, false, true, true]);
  });

  it('lose at most one place to connections without a token, however many come', () => {
    const { dial, admitted } = sharesOf({ connectionsMax: 4, perAddressMax: 4 });
    const many = [admitted('many'), admitted('many'), admitted('many'), admitted('many')];
    for (let n = 0; n < 50; n += 1) dial(`small ${n}`);
    expect(open(many)).toEqual([false, true, true, true]);
  });

  it('are each counted once when they have closed', async () => {
    const { dial, admitted } = sharesOf({ connectionsMax: 2, perAddressMax: 2 });
    const [first, second] = [admitted('one'), admitted('two')];
    first?.destroy();
    second?.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    const next = [dial('one'), dial('two')];
    expect(open(next)).toEqual([true, true]);
  });
});
