import { Refusal, type ReopeningRequested } from '#contracts';
import { todayInLondon } from '#kernel';
import type { PoolClient } from '#persistence';
import { REOPENABLE, reopenClocks, TRANSITIONS, type TransitionDecision } from '#requests';
import { writeChanges } from '../change-request/write-change.ts';
import { arrivedRequests, type TaskRow } from '../task-row.ts';
import type { ArrivedRequest } from '../unit-definition.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import { REOPEN_UNTIL } from './arrive.sql.ts';

/** The events that tell a force the last day to reopen its request. */
const FINISHING = TRANSITIONS.filter(({ to }) => REOPENABLE.includes(to as (typeof REOPENABLE)[number])).map(
  ({ event }) => event,
);

/**
 * Puts a finished request back into the queue, unassigned, with the clocks that its type starts again. Its
 * history stays in its timeline. The moment the force asked is compared with the last day that came with the
 * answer. Throws a Refusal if the request cannot be reopened (any more). The caller has locked the task.
 */
export async function takeReopening(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  decision: TransitionDecision & { readonly ok: true },
  { changeId, reason, requestedAt, requestedBy }: ReopeningRequested,
): Promise<void> {
  const { rows } = await client.query<{ day: string | null }>({
    name: 'reopen-until',
    text: REOPEN_UNTIL,
    values: [task.force, task.id, FINISHING],
  });
  const { type } = unit.typeOf(task);
  refuseLateReopening(rows[0]?.day ?? null, new Date(requestedAt));
  if (!type.reopening)
    throw new Refusal(
      'not-reopenable',
      `This unit no longer reopens requests of the type ${type.name}: send a new request.`,
    );
  const [{ payload }] = (await arrivedRequests(client, [task])) as [ArrivedRequest];
  const clocks = reopenClocks(type.clocks, type.reopening, payload, requestedAt, unit.calendar);
  const detail = { changeId, reason };
  const change = {
    ...{ decision, person: requestedBy, assignee: null, proposer: null, detail, clocks, reason: 'reopen' },
    happenedAt: requestedAt,
  };
  await writeChanges(client, unit, [{ task, change }]);
}

/** Refuses a reopening after the last day that was promised (YYYY-MM-DD in London), or without such a day. */
export function refuseLateReopening(lastDay: string | null, askedAt: Date): void {
  if (lastDay === null)
    throw new Refusal('not-reopenable', 'A request of this type cannot be reopened: send a new request.');
  if (todayInLondon(askedAt) <= lastDay) return;
  throw new Refusal(
    'not-reopenable',
    `This request could be reopened until the end of ${lastDay}: send a new request.`,
    {
      lastDay,
    },
  );
}
