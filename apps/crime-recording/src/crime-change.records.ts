import type { FieldError } from '#contracts';
import { comparable } from '#kernel';
import { answerFault, oneByOne, type ArrivedRequest, type RecordHooks } from '#unit';
import type { PoolClient } from 'pg';
import { readCrime, requestsAboutCrime } from './crime.records.ts';
import { DECIDE_CHANGE, LEAVE_REGISTER, LOCK_CRIME, NOTE_CHANGES } from './crime-change.sql.ts';

/** The part of a request to cancel or transfer a crime that the register uses. */
interface CrimeChange {
  readonly kind: 'cancellation' | 'transfer';
  readonly crimeReference: string;
  readonly ground: string;
  readonly receivingForce?: string;
}

/** The part of the answer to such a request that the register uses. */
interface CrimeChangeOutcome {
  readonly outcome: string;
  /** The state in which the crime leaves the register; null when it stays. */
  readonly leavesAs: 'cancelled' | 'transferred' | null;
  /** True if the type's own checks find no fault in the answer. */
  readonly isSound: boolean;
  readonly decidedAs?: string;
  readonly receiverReference?: string;
}

/**
 * Cancellations and transfers are noted when the request arrives. The crime stays on the register of its
 * force until the answer.
 */
export const crimeChangeRecords: RecordHooks<CrimeChange, CrimeChangeOutcome> = {
  async onArrival(client, requests) {
    await client.query({
      name: 'crime-change-arrives',
      text: NOTE_CHANGES,
      values: [JSON.stringify(requests.map(rowOf))],
    });
  },

  async answerFaults(client, answered) {
    // These crimes leave the register with an earlier answer of the batch, so a later answer is refused.
    const leaving = new Set<string>();
    const faults: FieldError[][] = [];
    for (const { request, answer } of answered)
      faults.push(answer.leavesAs === null ? [] : await faultsOfLeaving(client, request, answer, leaving));
    return faults;
  },

  onAnswer: oneByOne(writeOutcome),

  async onCaughtUp(client, published) {
    for (const { request, answer } of published) await writeOutcome(client, request, answer);
  },

  read: (client, request) => readCrime(client, request, request.payload.crimeReference),
  related: (client, request) => requestsAboutCrime(client, request, request.payload.crimeReference),
};

function rowOf({ owningForce, id, receivedAt, payload }: ArrivedRequest<CrimeChange>): object {
  return {
    owning_force: owningForce,
    request_id: id,
    kind: payload.kind,
    crime_reference: payload.crimeReference,
    ground: payload.ground,
    receiving_force: payload.receivingForce,
    asked_at: receivedAt,
  };
}

/**
 * Checks an answer that takes a crime off the register. The crime is added to `leaving` if the answer has no
 * fault.
 */
async function faultsOfLeaving(
  client: PoolClient,
  request: ArrivedRequest<CrimeChange>,
  { isSound }: CrimeChangeOutcome,
  leaving: Set<string>,
): Promise<FieldError[]> {
  const { crimeReference } = request.payload;
  const key = `${request.owningForce}/${comparable(crimeReference)}`;
  const state = leaving.has(key)
    ? 'being taken off the register by another answer'
    : await lockedState(client, request, crimeReference);
  if (state !== undefined && state !== 'recorded') {
    const detail = `The crime ${crimeReference} is already ${state}. Decline this request, or answer that the crime stays as it is`;
    return [answerFault<{ decision: string }>('decision', 'TheCrimeHasLeftTheRegister', detail)];
  }
  if (isSound) leaving.add(key);
  return [];
}

/**
 * Reads the state of the crime; undefined when it is not on this register. The row is locked, so that the
 * state is still true when the answer is written.
 */
async function lockedState(
  client: PoolClient,
  request: ArrivedRequest<CrimeChange>,
  reference: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ state: string }>(LOCK_CRIME, [request.owningForce, reference]);
  return rows[0]?.state;
}

async function writeOutcome(
  client: PoolClient,
  request: ArrivedRequest<CrimeChange>,
  { outcome, leavesAs, decidedAs, receiverReference }: CrimeChangeOutcome,
): Promise<{ readonly onRegister?: boolean }> {
  const onRegister = leavesAs === null ? null : await leaveRegister(client, request, leavesAs);
  await client.query(DECIDE_CHANGE, [
    request.owningForce,
    request.id,
    outcome,
    decidedAs ?? null,
    receiverReference ?? null,
  ]);
  return onRegister === null ? {} : { onRegister };
}

/**
 * Takes a cancelled or transferred crime out of the statistics; the row stays. Returns false when the crime
 * is not on this register: it was recorded before this register began, and its force changes its own record.
 */
async function leaveRegister(
  client: PoolClient,
  request: ArrivedRequest<CrimeChange>,
  state: 'cancelled' | 'transferred',
): Promise<boolean> {
  const { rowCount } = await client.query(LEAVE_REGISTER, [
    request.owningForce,
    request.payload.crimeReference,
    state,
  ]);
  return rowCount === 1;
}
