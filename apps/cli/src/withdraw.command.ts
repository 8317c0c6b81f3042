import { requestNamed, type Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';

export const withdraw: Command = {
  name: 'withdraw',
  summary: 'ask for a request back',
  takes: ['REFERENCE'],
  options: { reason: { type: 'string', value: 'TEXT', help: 'why; the unit reads it' } },
  details: `REFERENCE is your own reference, or the request's id. The unit decides, for it knows what has been done: watch the request, or read the
feed for request-withdrawn or change-refused. With --json the request as it is now is printed.`,
  async run({ client, terminal, values, positionals, waitingFor }) {
    const { reason } = values;
    if (typeof reason !== 'string' || reason.trim() === '') throw new UsageError('withdraw needs --reason TEXT');
    waitingFor('intake');
    const { id, reference } = await requestNamed(client, positionals[0] ?? '');
    await client.withdraw(id, reason);
    if (values['json']) await terminal.print(JSON.stringify(await client.read(id)));
    else await terminal.print(`Asked. The unit decides; see what it says: concordat watch ${reference}`);
    return EXIT.done;
  },
};
