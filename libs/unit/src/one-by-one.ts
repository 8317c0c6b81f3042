import type { PoolClient } from '#persistence';
import type { ArrivedRequest, RecordHooks } from './unit-definition.ts';

/** Makes an `onAnswer` for records that are best written one after the other. */
export function oneByOne<P, A, Added extends object>(
  record: (client: PoolClient, request: ArrivedRequest<P>, answer: A) => Promise<Added>,
): NonNullable<RecordHooks<P, A, Added>['onAnswer']> {
  return async (client, answered) => {
    const added: Added[] = [];
    for (const { request, answer } of answered) added.push(await record(client, request, answer));
    return added;
  };
}
