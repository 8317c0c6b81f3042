import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { ForceClient } from '#client';
import { commandAsTyped } from './as-typed.ts';
import { COMMANDS } from './concordat.ts';
import { Terminal } from './terminal.ts';

const asked = {
  id: 'id-1',
  reference: 'R-1',
  version: 7,
  state: 'waiting-for-force',
  question: 'Which bay?',
};
const facts = {
  reason: null,
  belongsTo: null,
  subject: '',
  answer: null,
  type: 'vehicle-repair',
  unit: 'fleet',
  unitReference: null,
  updatedAt: 'now',
};

/**
 * Runs a command of a force whose one request waits for a reply; returns what was printed, and each reply
 * that was sent.
 */
async function run(name: string, positionals: string[], values: Record<string, string> = {}) {
  const replies: unknown[][] = [];
  const client = {
    find: async () => asked,
    send: async (...reply: unknown[]) => void replies.push(reply),
    watch: async function* () {
      yield { ...asked, ...facts };
    },
  } as unknown as ForceClient;
  const [out, err] = [new PassThrough(), new PassThrough()];
  const terminal = new Terminal({ out, err, environment: {} });
  const asTyped = (...words: readonly string[]) => commandAsTyped({}, { as: 'bedfordshire' }, words);
  const command = COMMANDS.find((one) => one.name === name);
  await command?.run({ client, terminal, values, positionals, waitingFor: () => undefined, asTyped });
  out.end();
  return { replies, out: await text(out) };
}

describe('a question of a unit on the command line', () => {
  it('is shown with the exact command that replies to it', async () => {
    expect((await run('watch', ['R-1'])).out).toContain(
      '  the unit asks: Which bay?\n  reply to it: concordat reply --as bedfordshire R-1 TEXT --question 7\n',
    );
  });

  it('is the open question when the reply names none', async () => {
    const { replies, out } = await run('reply', ['R-1', 'Bay four.']);
    expect(replies).toEqual([['id-1', 'reply', { message: 'Bay four.', questionVersion: 7 }]]);
    expect(out).toContain('see how the work goes on: concordat watch --as bedfordshire R-1\n');
  });

  it('is the question that the reply names, even when a newer one was asked', async () => {
    const { replies } = await run('reply', ['R-1', 'Bay four.'], { question: '4' });
    expect(replies).toEqual([['id-1', 'reply', { message: 'Bay four.', questionVersion: 4 }]]);
  });
});
