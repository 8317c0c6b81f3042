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
      help: 'the submission as JSON; - reads it from standard input',
    },
    key: {
      type: 'string',
      value: 'KEY',
      help: 'Idempotency-Key to repeat an earlier submit with; a new one unless given',
    },
  },
  details: `It is done when intake has stored the request: from then on it is safe. To submit the same reference with the same content
again changes nothing and says so. What a type of request takes: /docs and /schemas of intake.`,
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
      const done = already ? 'It was there already' : 'It is safe now';
      terminal.say(`${done}; see what becomes of it: ${asTyped('watch', request.reference)}`);
    }
    return EXIT.done;
  },
};
