import { momentFaults, Refusal, type FieldError } from '#contracts';
import type { PoolClient } from '#persistence';
import { arrivedRequests, type TaskRow } from '../task-row.ts';
import type { AnsweredRequest, ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import type { WorkedType } from '../worked-type.ts';
import type { StaffCommand } from './change-body.ts';

type Answer = Readonly<Record<string, unknown>>;

/** An answer that is given, proposed or confirmed. */
export interface AnswerToJudge {
  readonly task: TaskRow;
  readonly command: StaffCommand;
  readonly answer: Answer;
}

/** The answer as an object of its type; whatever else it must hold is judged by `judgeAnswers`. */
export function answerOfItsType(
  { type, answer: check }: WorkedType,
  command: StaffCommand,
  given: Answer | undefined,
): Answer {
  const errors = check.faults(given, '/answer');
  if (errors.length > 0) throw refusalOf(type.name, command, errors);
  return given as Answer;
}

/**
 * Judges answers that fit their types by everything else: their dates, and the unit's records. All faults of one are told at
 * once. Answers that will be written are judged together, for one may forbid the next; a proposal writes nothing, so it is
 * judged alone. In their order, the refusal of each or undefined.
 */
export async function judgeAnswers(
  client: PoolClient,
  unit: UnitRuntime,
  answers: readonly AnswerToJudge[],
): Promise<(Refusal | undefined)[]> {
  if (answers.length === 0) return [];
  const requests = unit.records.judgeAnswers
    ? await arrivedRequests(
        client,
        answers.map(({ task }) => task),
      )
    : [];
  const judged = answers.map(({ answer, command }, n) => ({
    n,
    command,
    request: requests[n] as ArrivedRequest,
    answer,
  }));
  const faults = new Map<number, readonly FieldError[]>();
  const judge = async (together: readonly (AnsweredRequest & { readonly n: number })[]): Promise<void> => {
    if (together.length === 0 || !unit.records.judgeAnswers) return;
    const found = await unit.records.answerFaults(client, together);
    together.forEach(({ n }, index) => faults.set(n, found[index] ?? []));
  };
  await judge(judged.filter(({ command }) => command !== 'propose'));
  for (const proposal of judged.filter(({ command }) => command === 'propose')) await judge([proposal]);
  return answers.map(({ task, command, answer }, n) => {
    const { type, answer: check } = unit.typeOf(task);
    const errors = [...momentFaults(check.schema, answer, '/answer'), ...(faults.get(n) ?? [])];
    return errors.length > 0 ? refusalOf(type.name, command, errors) : undefined;
  });
}

function refusalOf(type: string, command: StaffCommand, errors: readonly FieldError[]): Refusal {
  const detail =
    command === 'confirm'
      ? `The proposed answer is no longer valid for ${type}. Return it, so that another can be proposed.`
      : `The answer is not valid for ${type}; see errors.`;
  return new Refusal('invalid-payload', detail, { errors });
}
