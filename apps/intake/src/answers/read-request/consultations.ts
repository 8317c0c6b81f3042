import { recordAccess, type PoolClient } from '#persistence';
import type { ForceCaller } from '#web';
import type { RequestTypeDirectory } from '../../registers/request-types/request-type.directory.ts';

/**
 * Logs which law-enforcement records the caller read, in the same transaction and in one statement for a
 * page.
 */
export async function logConsultations(
  client: PoolClient,
  types: RequestTypeDirectory,
  caller: Pick<ForceCaller, 'force' | 'client'>,
  seen: readonly { readonly id: string | null; readonly type: string }[],
): Promise<void> {
  const ids = new Set(
    seen.flatMap(({ id, type }) => (id !== null && types.isLawEnforcement(type) ? [id] : [])),
  );
  await recordAccess(
    client,
    [...ids].map((requestId) => ({
      owningForce: caller.force,
      person: caller.client,
      service: 'intake',
      operation: 'consultation',
      requestId,
    })),
  );
}
