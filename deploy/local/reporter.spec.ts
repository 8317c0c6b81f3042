import { describe, expect, it } from '@jest/globals';
import { terminalReporter } from './reporter.ts';

function reporterInto(
  lines: string[],
  terminal: boolean,
  env: NodeJS.ProcessEnv = {},
): ReturnType<typeof terminalReporter> {
  const out = { isTTY: terminal, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
  return terminalReporter(out, env);
}

describe('the terminal reporter', () => {
  it('names each step with its time and its result', async () => {
    const lines: string[] = [];
    await reporterInto(lines, false).step(
      'databases',
      async () => 7,
      (made) => `${String(made)} databases`,
    );
    expect(lines.join('')).toMatch(/^ {2}✓ databases +0\.\d s {2}7 databases\n$/);
  });

  it('reports at once why a step failed, and passes its error on', async () => {
    const lines: string[] = [];
    await expect(
      reporterInto(lines, false).step('Kafka', () => Promise.reject(new Error('no disk'))),
    ).rejects.toThrow('no disk');
    expect(lines.join('')).toMatch(/✗ Kafka +0\.\d s {2}no disk\n/);
  });

  it('prints plain lines if the output is not a terminal or NO_COLOR is set, and colours otherwise', () => {
    expect(reporterInto([], false).styled('x', 'bold')).toBe('x');
    expect(reporterInto([], true, { NO_COLOR: '1' }).styled('x', 'bold')).toBe('x');
    expect(reporterInto([], true).styled('x', 'bold')).toBe('\u001b[1mx\u001b[0m');
  });
});
