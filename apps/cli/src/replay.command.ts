import type { ForceClient } from '#client';
import type { Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';

export const replay: Command = {
  name: 'replay',
  summary: 'deliver events to a webhook again',
  takes: ['[WEBHOOK]'],
  options: {
    since: {
      type: 'string',
      value: 'TIME',
      help: 'all events for the webhook from this time on, such as 2026-03-02T09:30:00Z',
    },
    event: { type: 'string', value: 'ID', help: 'one event, by its id or by the webhook-id of its delivery' },
  },
  details: `WEBHOOK is the id of the webhook; leave it out if you have only one. Deliveries keep their webhook-id, so a receiver can ignore those that it
has. The feed needs no replay: read it again from an older place with events --after CURSOR.`,
  async run({ client, terminal, values, positionals, waitingFor }) {
    const { since, event } = values;
    if ((since === undefined) === (event === undefined))
      throw new UsageError('replay needs either --since TIME or --event ID');
    waitingFor('intake');
    const webhook = positionals[0] ?? (await onlyWebhook(client));
    const count = await client.redeliver(
      webhook,
      since === undefined ? { eventId: String(event) } : { since: String(since) },
    );
    await terminal.print(
      values['json']
        ? JSON.stringify({ webhook, count })
        : `${count} events will be delivered again to ${webhook}`,
    );
    return EXIT.done;
  },
};

async function onlyWebhook(client: ForceClient): Promise<string> {
  const all = await client.webhooks();
  const [first] = all;
  if (first === undefined)
    throw new UsageError('You have no webhook. docs/how-to/receive-webhooks.md shows how to create one.');
  if (all.length > 1)
    throw new UsageError(
      `You have several webhooks. Name one:\n${all.map(({ id, url }) => `  ${id}  ${url}`).join('\n')}`,
    );
  return first.id;
}
