import { Refused, type ForceClient, type Submission, type Submitted } from '#client';
import type { SubmissionBody } from '../attach/force-system.ts';
import type { Outcome } from './accounting.ts';

/**
 * Interprets intake's 2xx for a row. `since` is the start of this run. If an earlier attempt lost its answer,
 * an existing request is this run's own row if intake received it during the run, and an earlier run's
 * otherwise.
 */
export function outcomeOf({ request, already, uncertain }: Submitted, since: Date): Outcome {
  const own = !already || (uncertain && Date.parse(request.receivedAt) >= since.getTime());
  return { kind: own ? 'accepted' : 'duplicate' };
}

export function outcomeOfRefusal({ code, message, problem }: Refused): Outcome {
  if (code !== 'reference-conflict' && code !== 'idempotency-key-reused')
    return { kind: 'refused', why: message };
  const existing = problem['existing'] as { id?: string; origin?: string | null } | undefined;
  return { kind: 'conflict', with: existing?.origin ?? (existing?.id ? `request ${existing.id}` : '') };
}

/** Makes a receiver that sends to the running intake, with one client per force. */
export function intakeReceiver(clients: ReadonlyMap<string, ForceClient>, since: Date) {
  return async (force: string, submission: SubmissionBody, key: string): Promise<Outcome> => {
    const client = clients.get(force);
    if (!client) return { kind: 'refused', why: `the running stack has no client for ${force}` };
    try {
      return outcomeOf(await client.submit(submission as Submission, { key }), since);
    } catch (error) {
      if (error instanceof Refused) return outcomeOfRefusal(error);
      throw error;
    }
  };
}
