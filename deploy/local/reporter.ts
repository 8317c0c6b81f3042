const FIRST_WAIT_MS = 3_000;
const NEXT_WAIT_MS = 5_000;

/** Reports progress, one line for each step, to a terminal or a log. */
export interface Reporter {
  /**
   * Runs the work and reports how long it took, with a detail of its result. A step that takes longer than 3
   * s is reported as waiting, and again every 5 s.
   */
  step<Result>(
    name: string,
    work: () => Promise<Result>,
    detail?: (result: Result) => string,
  ): Promise<Result>;
  say(line: string): void;
  warn(line: string): void;
  readonly styled: (text: string, style: 'bold' | 'dim' | 'red' | 'green') => string;
}

const CODES = { bold: '1', dim: '2', red: '31', green: '32' };

/** Writes to a stream. It uses colours only on a terminal, and not if NO_COLOR is set (no-color.org). */
export function terminalReporter(
  out: NodeJS.WriteStream = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Reporter {
  const colours = out.isTTY && !env['NO_COLOR'];
  const styled: Reporter['styled'] = (text, style) =>
    colours ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
  const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1);
  const write = (line: string): void => void out.write(`${line}\n`);
  return {
    styled,
    say: write,
    warn: (line) => {
      write(styled(line, 'red'));
    },
    async step(name, work, detail) {
      const since = Date.now();
      let timer: NodeJS.Timeout | undefined;
      const wait = (ms: number): void => {
        timer = setTimeout(() => {
          write(
            styled(
              `  … waiting for ${name} (${Math.round((Date.now() - since) / 1000).toFixed(0)} s)`,
              'dim',
            ),
          );
          wait(NEXT_WAIT_MS);
        }, ms);
      };
      wait(FIRST_WAIT_MS);
      try {
        const result = await work();
        write(
          `  ${styled('✓', 'green')} ${name.padEnd(30)} ${seconds(since).padStart(5)} s${detail ? `  ${styled(detail(result), 'dim')}` : ''}`,
        );
        return result;
      } catch (error) {
        const [reason = ''] = (error as Error).message.split('\n');
        write(`  ${styled('✗', 'red')} ${name.padEnd(30)} ${seconds(since).padStart(5)} s  ${reason}`);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Reports nothing, for tests that start the stack. */
export const silentReporter: Reporter = {
  styled: (text) => text,
  say: () => undefined,
  warn: () => undefined,
  step: (_name, work) => work(),
};
