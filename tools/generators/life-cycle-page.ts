import { FINAL_STATES, INITIAL_STATE, STATES, TRANSITIONS, type State, type Transition } from '#requests';
import { table } from '../markdown/markdown.ts';

const LINES: readonly Transition[] = TRANSITIONS;
const WHO: Readonly<Record<Transition['who'], string>> = {
  anyone: '',
  assignee: ', if it is theirs',
  'not-proposer': ', unless they proposed the answer',
  force: '',
};

/**
 * Generates docs/reference/life-cycle.md, which draws and lists the states of a request from the table of
 * transitions.
 */
export function lifeCyclePage(): string {
  return [
    '# The life of a request in its unit',
    '',
    'Generated from `libs/requests/src/transitions.ts` by `npm run generate`; do not edit. A test fails if it is out of date.',
    '',
    'Each arrow is labelled with the commands that move a request. A command that is not in the table below is refused.',
    '',
    '```mermaid',
    ...diagram(),
    '```',
    '',
    `A force reads \`accepted\` before \`${INITIAL_STATE}\`: intake has stored the request, and its unit has not received it yet.`,
    '',
    '## Every transition',
    '',
    ...table(
      ['command', 'from', 'to', 'by', 'of types decided by', 'event', 'published'],
      LINES.map(({ command, from, to, roles, who, decisions, event, published }) => [
        code(command),
        from.map(code).join(', '),
        to === 'unchanged' ? 'the same' : code(to),
        `${roles.join(', ')}${WHO[who]}`,
        deciders(decisions),
        code(event),
        published ? 'yes' : 'no',
      ]),
    ),
    '',
  ].join('\n');
}

function diagram(): string[] {
  return [
    'stateDiagram-v2',
    ...STATES.map((state) => `  state "${state}" as ${idOf(state)}`),
    `  [*] --> ${idOf(INITIAL_STATE)}`,
    ...STATES.flatMap(arrowsFrom),
    ...FINAL_STATES.map((state) => `  ${idOf(state)} --> [*]`),
  ];
}

/** Returns an arrow to each other state, labelled with every command that leads there. */
function arrowsFrom(from: State): string[] {
  const commands = new Map<State, Set<string>>();
  for (const { from: states, to, command } of LINES) {
    if (to === 'unchanged' || !states.includes(from)) continue;
    commands.set(to, (commands.get(to) ?? new Set()).add(command));
  }
  return [...commands].map(([to, labels]) => `  ${idOf(from)} --> ${idOf(to)} : ${[...labels].join(', ')}`);
}

const deciders = (decisions: Transition['decisions']): string =>
  !decisions.includes('one-person')
    ? 'two people'
    : decisions.length === 1
      ? 'one person'
      : 'one or two people';

/** Mermaid would read a hyphen as the start of an arrow. */
const idOf = (state: State): string => state.replaceAll('-', '_');

const code = (text: string): string => `\`${text}\``;
