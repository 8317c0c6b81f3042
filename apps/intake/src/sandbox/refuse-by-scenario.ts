import { Refusal } from '#contracts';
import type { Channel } from '../registers/channel.ts';
import { scenarioOf } from './scenarios.ts';

/** Refuses a submission of a sandbox force if its reference asks for that. The content was checked before. */
export function refuseByScenario(
  { reference, unit }: { readonly reference: string; readonly unit: string },
  channel: Channel,
): void {
  const { name, refusal } = scenarioOf(reference);
  if (!refusal?.channels.includes(channel)) return;
  const detail = `The sandbox refuses a reference that begins with ${name}-, and ${reference} does. Nothing was stored.`;
  throw new Refusal(refusal.code, detail, { unit });
}
