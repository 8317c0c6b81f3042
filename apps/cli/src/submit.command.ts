import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Submission } from '#client';
import { refuseUnusableKey, requestLine, type Command } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';

export const submit: Command = {
  name: 'submit',
  summary: 'submit one request',
  takes: [],
  options: {
    file: { type: 'string', short: 'f', value: 'FILE', help: 'the submission as JSON; - reads it from standard input' },
    key: { type: 'string', value: 'KEY', help: 'Idempotency-Key to repeat an earlier submit with; a new one unless given' },
  },
  details: `It is done when intake has stored the request: from then on it is safe. To submit the same reference with the same content
again changes nothing and says so. What a type of request takes: /docs and /schemas of intake.`,
  async run({ client, terminal, values, waitingFor }) {
    const { file, key } = values;
    if (typeof file !== 'string') throw new UsageError('submit needs -f FILE, or -f - for standard input');
    refuseUnusableKey(key);
    const submission = await submissionIn(file);
    waitingFor('intake');
    const { request, already } = await client.submit(submission, typeof key === 'string' ? { key } : {});
    if (values['json']) await terminal.print(JSON.stringify(request));
    else {
      await terminal.print(requestLine(request));
      terminal.say(`${already ? 'It was there already' : 'It is safe now'}; see what becomes of it: concordat watch ${request.reference}`);
    }
    return EXIT.done;
  },
};

async function submissionIn(file: string): Promise<Submission> {
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8');
  const content = await read.catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  });
  try {
    // Whether it fits its type is what intake says, with a pointer to each fault.
    return JSON.parse(content) as Submission;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
