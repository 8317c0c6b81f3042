import type { ForceSystem } from '../attach/force-system.ts';
import { problemOf, type RetryLimits, type Settled } from '../attach/retry.ts';
import type { Outcome } from './accounting.ts';

/**
 * What intake's definite answer means for the row. `since` is when this run began: a replayed 201 after an attempt whose
 * answer was lost is this run's own row if intake received it within the run, and an earlier run's otherwise.
 */
export function outcomeOf({ answer, uncertainBefore }: Settled, since: Date): Outcome {
  const problem = problemOf(answer);
  if (answer.status === 201 && answer.headers['idempotent-replayed'] === undefined) return { kind: 'accepted' };
  if (answer.status === 201 || answer.status === 200) {
    const receivedAt = Date.parse(String((answer.body as { receivedAt?: unknown } | null)?.receivedAt));
    return { kind: uncertainBefore && receivedAt >= since.getTime() ? 'accepted' : 'duplicate' };
  }
  if (problem.code === 'reference-conflict' || problem.code === 'idempotency-key-reused') {
    const existing = problem['existing'] as { id?: string; origin?: string | null } | undefined;
    return { kind: 'conflict', with: existing?.origin ?? (existing?.id ? `request ${existing.id}` : '') };
  }
  const errors = (problem['errors'] as { pointer: string; detail: string }[] | undefined) ?? [];
  const places = errors.map(({ pointer, detail }) => ` ${pointer} ${detail}`).join(';');
  return { kind: 'refused', why: `${answer.status} ${problem.code ?? ''}: ${problem.detail ?? 'without a reason'}${places}` };
}

/** A door over the running intake, one client per force. */
export function intakeDoor(systems: ReadonlyMap<string, ForceSystem>, since: Date, limits: RetryLimits) {
  return async (force: string, submission: Parameters<ForceSystem['submit']>[0], idempotencyKey: string): Promise<Outcome> => {
    const system = systems.get(force);
    if (!system) return { kind: 'refused', why: `the running stack has no client for ${force}` };
    return outcomeOf(await system.submit(submission, idempotencyKey, limits), since);
  };
}
