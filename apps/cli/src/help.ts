import type { Command, Option } from './command.ts';
import { EXIT_CODES_HELP } from './exit-codes.ts';

/** What concordat --help says. */
export function overviewOf(commands: readonly Command[], program: string): string {
  return `Usage: ${program} COMMAND [options]

A force's own side of Concordat, in a terminal.

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n')}

${program} COMMAND --help tells the options of each. Calls are repeated while the system is busy or away, always safely.

${EXIT_CODES_HELP}`;
}

export function helpOf(
  { name, takes, details, options }: Command,
  common: Readonly<Record<string, Option>>,
  program: string,
): string {
  const own = Object.keys(options).length === 0 ? [] : ['Options:', ...optionLines(options), ''];
  return [
    `Usage: ${program} ${[name, ...takes].join(' ')} [options]`,
    '',
    details,
    '',
    ...own,
    'Options of every command:',
    ...optionLines(common),
    '',
    EXIT_CODES_HELP,
  ].join('\n');
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  return Object.entries(options).map(([name, { short, value, help }]) => {
    const option = `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
    return `  ${option.padEnd(26)}  ${help}`;
  });
}
