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
