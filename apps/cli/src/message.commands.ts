import type { ForceMessageKind, Request } from '#client';
import { isVisible } from '#kernel';
import { requestNamed, type Command, type Invocation } from './command.ts';
import { EXIT, UsageError } from './exit-codes.ts';
import { jsonIn } from './json-file.ts';

const WHICH = "REFERENCE is your own reference, or the request's id.";
const REASON = { reason: { type: 'string', value: 'TEXT', help: 'why; the unit reads it' } } as const;
const WITH_JSON = 'With --json the request as it is now is printed.';
const UNIT_DECIDES = `The unit decides, for it knows what has been done: watch the request, or read the feed for`;

/** A command that sends a message about a request. It checks its arguments before it sends anything. */
function sending(
  words: Pick<Command, 'summary' | 'takes' | 'options' | 'details'>,
  prepare: (given: Invocation) => Promise<(request: Request) => Promise<void>>,
  done: string,
): Omit<Command, 'name'> {
  return {
    ...words,
    async run(given) {
      const { client, terminal, values, positionals, waitingFor, asTyped } = given;
      const send = await prepare(given);
      waitingFor('intake');
      const request = await requestNamed(client, positionals[0] ?? '');
      await send(request);
      if (values['json']) await terminal.print(JSON.stringify(await client.read(request.id)));
      else await terminal.print(`${done}: ${asTyped('watch', request.reference)}`);
      return EXIT.done;
    },
  };
}

function textOf(given: string | boolean | undefined, otherwise: string): string {
  if (typeof given !== 'string' || !isVisible(given)) throw new UsageError(otherwise);
  return given;
}
const reasonOf = ({ values }: Invocation, command: string): string =>
  textOf(values['reason'], `${command} needs --reason TEXT`);

const ON_ITS_WAY = 'It is on its way to the unit; see how the work goes on';
const ASKED = 'Asked. The unit decides; see what it says';

/** The command of each kind of message; the compiler asks for one when a kind is added. */
const COMMANDS = {
  reply: sending(
    {
      summary: 'answer what the unit asked of a request',
      takes: ['REFERENCE', 'TEXT'],
      options: {
        question: {
          type: 'string',
          value: 'VERSION',
          help: 'the question that you answer, as watch shows it; the present one unless given',
        },
      },
      details: `${WHICH} The command watch shows the question. A reply to one that was replaced since is refused.
What nobody asked for reaches the unit as a note, while the request is open. ${WITH_JSON}`,
    },
    async ({ client, positionals, values }) => {
      const message = textOf(positionals[1], 'reply needs a text');
      const question = values['question'];
      if (question !== undefined && !/^[1-9]\d{0,8}$/.test(String(question))) {
        throw new UsageError('--question takes the number that watch shows beside the question');
      }
      return ({ id, version }) =>
        client.send(id, 'reply', {
          message,
          questionVersion: question === undefined ? version : Number(question),
        });
    },
    ON_ITS_WAY,
  ),

  inform: sending(
    {
      summary: 'tell the unit more of a request',
      takes: ['REFERENCE', 'TEXT'],
      options: {},
      details: `${WHICH} The unit reads it beside the request, until that is answered, declined or withdrawn. ${WITH_JSON}`,
    },
    async ({ client, positionals }) => {
      const message = textOf(positionals[1], 'inform needs a text');
      return ({ id }) => client.send(id, 'inform', { message });
    },
    ON_ITS_WAY,
  ),

  correct: sending(
    {
      summary: 'correct what was sent',
      takes: ['REFERENCE'],
      options: {
        ...REASON,
        file: {
          type: 'string',
          short: 'f',
          value: 'FILE',
          help: 'the fields that were wrong, as they should be, as JSON; - reads it from standard input',
        },
      },
      details: `${WHICH} Null leaves an optional field out. Until when a field may be corrected is its x-correctable in /schemas of intake.
${UNIT_DECIDES}
request-corrected or change-refused. ${WITH_JSON}`,
    },
    async (given) => {
      const { client, values } = given;
      const reason = reasonOf(given, 'correct');
      const payload = (await jsonIn(
        textOf(values['file'], 'correct needs -f FILE, or -f - for standard input'),
      )) as Record<string, never>;
      return ({ id }) => client.send(id, 'correct', { payload, reason });
    },
    ASKED,
  ),

  withdraw: sending(
    {
      summary: 'ask for a request back',
      takes: ['REFERENCE'],
      options: REASON,
      details: `${WHICH} ${UNIT_DECIDES}
request-withdrawn or change-refused. ${WITH_JSON}`,
    },
    async (given) => {
      const reason = reasonOf(given, 'withdraw');
      return ({ id }) => given.client.send(id, 'withdraw', { reason });
    },
    ASKED,
  ),

  reopen: sending(
    {
      summary: 'ask for more work on what was done',
      takes: ['REFERENCE'],
      options: REASON,
      details: `${WHICH} It is possible until the day that the request names as reopenUntil. ${UNIT_DECIDES}
request-reopened or change-refused. ${WITH_JSON}`,
    },
    async (given) => {
      const reason = reasonOf(given, 'reopen');
      return ({ id }) => given.client.send(id, 'reopen', { reason });
    },
    ASKED,
  ),
} satisfies Readonly<Record<ForceMessageKind, Omit<Command, 'name'>>>;

export const MESSAGE_COMMANDS: readonly Command[] = Object.entries(COMMANDS).map(([name, command]) => ({
  name,
  ...command,
}));
