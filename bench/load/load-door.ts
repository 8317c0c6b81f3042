import type { ChildProgram } from '../measure/child-program.ts';
import type { Round } from '../measure/rounds.ts';
import { CONNECTIONS, SUBMISSION } from '../measure/work.ts';
import type { LoadResult } from './http-load.ts';

/** Runs one round of submissions. It throws when a status other than 201 comes back. */
export async function loadDoor(
  load: ChildProgram,
  port: number,
  number: number,
  ms: number,
  headers: Readonly<Record<string, string>>,
): Promise<Round> {
  const result = await load.ask<LoadResult>({
    port,
    path: '/v1/requests',
    headers: [headers],
    body: SUBMISSION,
    prefix: `g${String(number)}-`,
    connections: CONNECTIONS,
    ms,
  });
  const { 201: created = 0, ...others } = result.statuses;
  if (created !== result.answered) throw new Error(`${JSON.stringify(others)}: ${result.firstRefusal ?? ''}`);
  return result;
}
