import {
  FINAL_STATES,
  INITIAL_STATE,
  STATES,
  TRANSITIONS,
  type DecisionMode,
  type State,
  type Transition,
} from './transitions.ts';

/** States that exist only if a second person decides. */
const ONLY_WITH_A_SECOND_PERSON: readonly State[] = ['awaiting-decision'];

/**
 * Lists the faults of a table of transitions, as sentences. For each way of deciding, every state must be
 * reachable from the queue, every open state must have a way to an answer, and only reopening may lead out of
 * a final state.
 */
export function lifeCycleFaults(transitions: readonly Transition[] = TRANSITIONS): string[] {
  const modes: readonly DecisionMode[] = ['one-person', 'second-person', 'second-person-delegated'];
  return modes.flatMap((mode) => {
    const lines = transitions.filter((line) => line.decisions.includes(mode));
    const expected = STATES.filter(
      (state) => mode !== 'one-person' || !ONLY_WITH_A_SECOND_PERSON.includes(state),
    );
    const reached = reachableFrom(INITIAL_STATE, lines);
    return [
      ...expected.filter((state) => !reached.has(state)).map((state) => `${mode}: ${state} is never reached`),
      ...[...reached]
        .filter((state) => !expected.includes(state))
        .map((state) => `${mode}: ${state} must not be reached`),
      ...expected
        .filter((state) => !FINAL_STATES.includes(state) && !reachableFrom(state, lines).has('answered'))
        .map((state) => `${mode}: ${state} has no way to an answer`),
      ...FINAL_STATES.filter((state) =>
        lines.some(({ command, from }) => command !== 'reopen' && from.includes(state)),
      ).map((state) => `${mode}: ${state} is not final`),
    ];
  });
}

function reachableFrom(start: State, lines: readonly Transition[]): Set<State> {
  const reached = new Set<State>([start]);
  // A set also visits the members that are added during the loop.
  for (const state of reached) {
    for (const { from, to } of lines) if (to !== 'unchanged' && from.includes(state)) reached.add(to);
  }
  return reached;
}
