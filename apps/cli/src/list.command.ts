import { STATES } from '#requests';
import type { RequestFilter } from '#client';
import { requestLine, type Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';

const STATES_KNOWN: readonly string[] = ['accepted', ...STATES];

export const list: Command = {
  name: 'list',
  summary: 'list your requests in the order of their last change',
  takes: [],
  options: {
    state: {
      type: 'string',
      value: 'STATE',
      help: `only requests in this state: ${STATES_KNOWN.join(', ')}`,
    },
    since: {
      type: 'string',
      value: 'TIME',
      help: 'only requests that changed at this time or later, such as 2026-03-02T09:30:00Z',
    },
  },
  details: 'The command prints one line per request; with --json each line is the whole request.',
  async run({ client, terminal, values, waitingFor }) {
    const { state, since } = values;
    if (typeof state === 'string' && !STATES_KNOWN.includes(state))
      throw new UsageError(`--state must be one of ${STATES_KNOWN.join(', ')}`);
    let count = 0;
    waitingFor('intake');
    const filter = { ...(state && { state }), ...(since && { updatedSince: since }) } as RequestFilter;
    for await (const request of client.list(filter)) {
      await terminal.print(values['json'] ? JSON.stringify(request) : requestLine(request));
      waitingFor(`${(count += 1)} requests so far`);
    }
    if (count === 0) terminal.say('No request matches.');
    return EXIT.done;
  },
};
