import { exitCodeOfState, requestLine, requestNamed, type Command } from './command.ts';
import { EXIT } from './exit-codes.ts';

export const watch: Command = {
  name: 'watch',
  summary: 'follow one request until it is finished',
  takes: ['REFERENCE'],
  options: {},
  details: `REFERENCE is your own reference, or the request's id. The command prints a line for each change. It ends when the request is answered
(exit code 0), declined or withdrawn (3). With --json each line is the whole request.`,
  async run({ client, terminal, values, positionals, waitingFor, asTyped }) {
    const { id } = await requestNamed(client, positionals[0] ?? '');
    for await (const request of client.watch(id)) {
      const { state, question, answer, reason, belongsTo, reference, version } = request;
      await terminal.print(values['json'] ? JSON.stringify(request) : requestLine(request));
      waitingFor(`${request.reference} is ${state}`);
      const news = [
        question !== null && `the unit asks: ${question}`,
        state === 'waiting-for-force' &&
          `reply to it: ${asTyped('reply', reference, 'TEXT', '--question', String(version))}`,
        reason !== null && `reason: ${reason}`,
        belongsTo !== null && `it belongs to ${belongsTo}`,
        answer !== null && `answer: ${JSON.stringify(answer)}`,
      ];
      if (!values['json']) for (const line of news) if (line) await terminal.print(`  ${line}`);
      if (exitCodeOfState(state) !== EXIT.done) return exitCodeOfState(state);
    }
    return EXIT.done;
  },
};
