import type { FieldError } from '#contracts';
import type { PoolClient } from '#persistence';
import type { AnsweredRequest, ArrivedRequest, UnitRecords } from './unit-definition.ts';

type Answer = AnsweredRequest['answer'];

/** `onAnswer` for records whose answers are best written one after the other. */
export function oneByOne(
  record: (client: PoolClient, request: ArrivedRequest, answer: Answer) => Promise<Record<string, unknown>>,
): NonNullable<UnitRecords['onAnswer']> {
  return async (client, answered) => {
    const added: Record<string, unknown>[] = [];
    for (const { request, answer } of answered) added.push(await record(client, request, answer));
    return added;
  };
}

/** `answerFaults` for records by which each answer stands or falls alone. */
export function eachAlone(
  judge: (
    request: ArrivedRequest,
    answer: Answer,
    client: PoolClient,
  ) => readonly FieldError[] | Promise<readonly FieldError[]>,
): NonNullable<UnitRecords['answerFaults']> {
  return async (client, answered) => {
    const faults: (readonly FieldError[])[] = [];
    for (const { request, answer } of answered) faults.push(await judge(request, answer, client));
    return faults;
  };
}
