import type { FeedEvent } from '#client';
import type { Command } from './command.ts';
import { EXIT } from './exit-codes.ts';

export const events: Command = {
  name: 'events',
  summary: 'read the feed: everything that happened to your requests',
  takes: [],
  options: {
    after: {
      type: 'string',
      value: 'CURSOR',
      help: 'go on behind this place; from the beginning unless given',
    },
    follow: { type: 'boolean', help: 'wait for more, over any outage, until Ctrl-C' },
  },
  details: `Each event once, in order per request. Its last column, or "cursor" with --json, is the place to go on behind it: keep it, and read on
with --after. Nothing is used up: an older cursor gives the same events again.`,
  async run({ client, terminal, values, waitingFor }) {
    const { after, follow } = values;
    waitingFor('intake');
    for await (const event of client.events({
      ...(typeof after === 'string' && { after }),
      follow: follow === true,
    })) {
      await terminal.print(values['json'] ? JSON.stringify(event) : eventLine(event));
      waitingFor('more to happen');
    }
    return EXIT.done;
  },
};

function eventLine({ time, type, requestId, data, cursor }: FeedEvent): string {
  const { forceReference, unitReference } = (data ?? {}) as {
    forceReference?: string;
    unitReference?: string;
  };
  const what = type.replace(/^concordat\./, '').replace(/\.v\d+$/, '');
  return [time, what.padEnd(21), forceReference ?? requestId ?? '-', unitReference ?? '-', cursor].join('  ');
}
