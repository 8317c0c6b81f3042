import type { Submission } from '#client';
import { refuseUnusableKey, requestLine, type Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { jsonIn } from './json-file.ts';

export const submit: Command = {
  name: 'submit',
  summary: 'submit one request',
  takes: [],
  options: {
    file: {
      type: 'string',
      short: 'f',
      value: 'FILE',
      help: 'the submission as JSON; - reads standard input',
    },
    key: {
      type: 'string',
      value: 'KEY',
      help: 'the Idempotency-Key of an earlier submit, to repeat it; the default is a new key',
    },
  },
  details: `The command ends when intake has stored the request; from then on it is safe. Submitting the same reference with the same
content again changes nothing, and the command says so. /docs and /schemas of intake describe the fields of each request type.`,
  async run({ client, terminal, values, waitingFor, asTyped }) {
    const { file, key } = values;
    if (typeof file !== 'string') throw new UsageError('submit needs -f FILE, or -f - for standard input');
    refuseUnusableKey(key);
    const submission = (await jsonIn(file)) as Submission;
    waitingFor('intake');
    const { request, already } = await client.submit(submission, typeof key === 'string' ? { key } : {});
    if (values['json']) await terminal.print(JSON.stringify(request));
    else {
      await terminal.print(requestLine(request));
      const done = already ? 'The request was stored before' : 'The request is stored';
      terminal.say(`${done}. Follow it with: ${asTyped('watch', request.reference)}`);
    }
    return EXIT.done;
  },
};
