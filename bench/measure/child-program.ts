import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A program of the benchmark in a separate process. It answers each message with `{result}` or `{error}`. */
export class ChildProgram {
  private readonly process: ChildProcess;
  private readonly ended: Promise<void>;

  readonly path: string;

  constructor(path: string, env: Readonly<Record<string, string>> = {}) {
    this.path = path;
    this.process = fork(resolve(ROOT, path), [], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.ended = new Promise((done) => this.process.once('exit', () => done()));
  }

  /** Asks one question at a time. It rejects when the program fails or ends before the answer. */
  ask<Result>(message: object): Promise<Result> {
    return new Promise((resolveAnswer, reject) => {
      const settle = (act: () => void): void => {
        this.process.off('message', onAnswer).off('exit', onExit);
        act();
      };
      const onAnswer = (answer: { result?: Result; error?: string }): void =>
        settle(() =>
          answer.error === undefined
            ? resolveAnswer(answer.result as Result)
            : reject(new Error(`${this.path}: ${answer.error}`)),
        );
      const onExit = (code: number | null): void =>
        settle(() => reject(new Error(`${this.path} ended without an answer (exit code ${String(code)})`)));
      this.process.on('message', onAnswer).on('exit', onExit);
      this.process.send(message);
    });
  }

  async end(): Promise<void> {
    this.process.kill('SIGTERM');
    const killer = setTimeout(() => this.process.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(killer);
  }
}

/** The program calls this. It answers each message with the result of the function. */
export function answerMessages<Message>(answer: (message: Message) => Promise<unknown>): void {
  process.on('message', (message: Message) => {
    answer(message).then(
      (result) => process.send?.({ result }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}
