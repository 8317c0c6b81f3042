import { requestNamed, type Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';

export const reply: Command = {
  name: 'reply',
  summary: 'answer what the unit asked of a request',
  takes: ['REFERENCE', 'TEXT'],
  options: {},
  details: `REFERENCE is your own reference, or the request's id; concordat watch shows the question. What nobody asked for reaches the unit as a note,
while the request is open. With --json the request as it is now is printed.`,
  async run({ client, terminal, values, positionals, waitingFor }) {
    const [name = '', message = ''] = positionals;
    if (message.trim() === '') throw new UsageError('reply needs a text');
    waitingFor('intake');
    const { id, reference } = await requestNamed(client, name);
    await client.reply(id, message);
    if (values['json']) await terminal.print(JSON.stringify(await client.read(id)));
    else await terminal.print(`It is on its way to the unit; see how the work goes on: concordat watch ${reference}`);
    return EXIT.done;
  },
};
