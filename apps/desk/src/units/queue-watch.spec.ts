import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { SignInOver } from '../sign-in/oidc.ts';
import { QueueWatch, type Listener } from './queue-watch.ts';
import type { Session, UnitDesks } from './unit-desks.ts';

const CHANGE = { unitReference: 'FLT-26-000001', version: 2 };
const TURN_MS = 2_000;

const sessionOf = (subject: string): Session => ({
  sessionId: subject,
  person: { subject, name: subject, units: ['fleet'] },
});

/** A unit with one change at each look, for everybody who has not signed out. */
function unitWithout(signedOut: ReadonlySet<string>): UnitDesks {
  return {
    unit: async () => ({ forces: [{ slug: 'bedfordshire' }] }),
    ask: async ({ sessionId }: Session) => {
      if (signedOut.has(sessionId)) throw new SignInOver('signed out elsewhere');
      return { items: [CHANGE], next: 'next' };
    },
  } as unknown as UnitDesks;
}

describe('the watch of a queue', () => {
  let watch: QueueWatch;
  afterEach(async () => {
    jest.useRealTimers();
    await watch.stop();
  });

  it('goes on for the others when the first person who listens has signed out', async () => {
    jest.useFakeTimers();
    const signedOut = new Set<string>();
    watch = new QueueWatch(unitWithout(signedOut));
    const heard: string[] = [];
    const listener = (subject: string): Listener => ({
      session: sessionOf(subject),
      changed: () => heard.push(subject),
      signedOut: () => heard.push(`${subject} is signed out`),
    });
    await watch.add(listener('first'), Date.now());
    await watch.add(listener('second'), Date.now());
    signedOut.add('first');
    await jest.advanceTimersByTimeAsync(2 * TURN_MS);
    expect(heard).toEqual(['first is signed out', 'second']);
  });
});
