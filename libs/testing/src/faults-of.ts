import { PayloadCheck } from '#contracts';
import { WorkingCalendar } from '#kernel';
import { startClocks } from '#requests';
import { payloadFaults, type RequestType } from '#unit';

/** Where a first example is wrong after a change; a field changed to `undefined` is left out. Empty when it is accepted. */
export function faultsOf(type: RequestType, change: Readonly<Record<string, unknown>>): string[] {
  return payloadFaults(type, new PayloadCheck(type.payload), changed(type, change)).map(
    ({ pointer }) => pointer,
  );
}

/** The rules over several fields that a first example breaks after a change. */
export function rulesBroken(type: RequestType, change: Readonly<Record<string, unknown>>): string[] {
  return payloadFaults(type, new PayloadCheck(type.payload), changed(type, change)).map(({ code }) => code);
}

/** Name of each clock that runs on a first example after a change → when it is due, in UTC. */
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
