import type { Command, Option } from './command.ts';
import { EXIT_CODES_HELP } from './exit-codes.ts';

/** Writes the text of `concordat --help`. */
export function overviewOf(commands: readonly Command[], program: string): string {
  return `Usage: ${program} COMMAND [options]

The client of a police force for Concordat: send requests to shared units and follow them.

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n')}

${program} COMMAND --help lists the options of a command. While the system is busy or unreachable, calls are repeated; this is always safe.

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
    'Options for every command:',
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
