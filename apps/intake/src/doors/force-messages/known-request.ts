import { FORCE_MESSAGE_KINDS, FORCE_MESSAGES } from '#contracts';
import type { PoolClient } from '#persistence';
import { TRANSITIONS, type State } from '#requests';
import type { Destination } from '../../registers/request-types/request-type.directory.ts';
import { KNOWN_REQUEST, LOCK_REQUESTS } from './force-message.sql.ts';

/** Intake's copy of a request to which a force sends a message. */
export interface KnownRequest {
  readonly unit: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly state: State | 'accepted';
  readonly sequence: number;
  /** The version of the open question. */
  readonly askedVersion: number | null;
  /** True if the open question has a reply that the unit has not processed yet. */
  readonly replied: boolean;
  readonly reopenUntil: string | null;
  /**
   * True if the unit has not decided on a change that would move the request, so that its next state is not
   * known here.
   */
  readonly moving: boolean;
  readonly destination: Destination;
  /** The time of the database. */
  readonly at: Date;
}

const MOVING_COMMANDS = new Set<string>(
  TRANSITIONS.filter(({ to }) => to !== 'unchanged').map(({ command }) => command),
);
const MOVING_KINDS = FORCE_MESSAGE_KINDS.filter((kind) => MOVING_COMMANDS.has(FORCE_MESSAGES[kind].command));

/**
 * Locks requests of the force in the order of their ids, as the projection of unit events does. A batch of
 * messages and a batch of events about the same requests then never wait for each other in a circle.
 */
export async function lockRequests(
  client: PoolClient,
  force: string,
  requestIds: readonly string[],
): Promise<void> {
  if (requestIds.length === 0) return;
  await client.query({
    name: 'lock-requests',
    text: LOCK_REQUESTS,
    values: [force, [...new Set(requestIds)]],
  });
}

/** Locks a request and reads its state; undefined if the force has no request with that id. */
export async function readKnownRequest(
  client: PoolClient,
  force: string,
  requestId: string,
): Promise<KnownRequest | undefined> {
  const { rows } = await client.query<KnownRequest>({
    name: 'known-request',
    text: KNOWN_REQUEST,
    values: [force, requestId, MOVING_KINDS],
  });
  return rows[0];
}
