import { Refusal } from '#contracts';
import type { Channel, CheckedSubmission } from '../submit-request/submission.ts';

/** Refuses what a sandbox force asks to be refused by its reference. The check of the content came first, as for anybody. */
export function refuseAsRehearsed({ scenario, reference, type }: CheckedSubmission, door: Channel): void {
  if (!scenario?.refusal?.doors.includes(door)) return;
  const detail = `The sandbox refuses a reference that begins with ${scenario.name}-, and ${reference} does. Nothing was stored.`;
  throw new Refusal(scenario.refusal.code, detail, { unit: type.unit });
}
