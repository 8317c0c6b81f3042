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

/** Checks the fields of an answer against its type; `judgeAnswers` makes the other checks. */
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
 * Judges the dates of answers whose fields are valid, and judges the answers by the unit's records. Returns
 * the refusal of each, with all faults at once, or undefined, in their order. Answers that will be written
 * are judged together, because one may forbid the next; a proposal writes nothing, so it is judged alone.
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
      ? `The proposed answer is no longer valid for ${type}: return it, so that a new one can be proposed.`
      : `The answer is not valid for ${type}; see errors.`;
  return new Refusal('invalid-payload', detail, { errors });
}
