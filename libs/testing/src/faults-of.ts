import { PayloadCheck } from '#contracts';
import { WorkingCalendar } from '#kernel';
import { startClocks } from '#requests';
import { payloadFaults, type RequestType } from '#unit';

/** Returns the faults of a first example after a change; a field set to `undefined` is left out. */
export function faultsOf(type: RequestType, change: Readonly<Record<string, unknown>>): string[] {
  return payloadFaults(type, new PayloadCheck(type.payload), changed(type, change)).map(
    ({ pointer }) => pointer,
  );
}

/** Returns the rules over several fields that a first example breaks after a change. */
export function rulesBroken(type: RequestType, change: Readonly<Record<string, unknown>>): string[] {
  return payloadFaults(type, new PayloadCheck(type.payload), changed(type, change)).map(({ code }) => code);
}

/** Returns when each clock is due, in UTC, for a first example after a change. */
export function dueOf(
  type: RequestType,
  change: Readonly<Record<string, unknown>>,
  receivedAt: string,
): Record<string, string | null> {
  const clocks = startClocks(type.clocks, changed(type, change), receivedAt, new WorkingCalendar());
  return Object.fromEntries(clocks.map(({ name, dueAt }) => [name, dueAt]));
}

function changed(type: RequestType, change: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const payload = { ...type.examples[0]?.payload, ...change };
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
}
