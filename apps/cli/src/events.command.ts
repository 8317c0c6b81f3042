import type { FeedEvent } from '#client';
import type { Command } from './command.ts';
import { EXIT } from './exit-codes.ts';

export const events: Command = {
  name: 'events',
  summary: 'read the feed: every event of your requests',
  takes: [],
  options: {
    after: {
      type: 'string',
      value: 'CURSOR',
      help: 'continue after this place; the default is the beginning',
    },
    follow: { type: 'boolean', help: 'wait for more events, also through outages, until Ctrl-C' },
  },
  details: `The command prints each event once, in order per request. The last column ("cursor" with --json) is the place of the event: keep it,
and continue with --after. An older cursor gives the same events again.`,
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
