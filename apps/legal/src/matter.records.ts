import { oneByOne, type ArrivedRequest, type RecordHooks } from '#unit';
import type { Limitation } from './limitation.ts';
import { CLOSE_MATTER, OPEN_MATTERS, READ_MATTER } from './matter.sql.ts';

/** The part of a request that opens its matter. */
interface Matter {
  readonly privileged: boolean;
  readonly noticeServedAt?: string;
  readonly incidentOn?: string;
  readonly limitation?: Limitation | null;
}

/** The part of an answer that closes its matter. */
interface MatterClosing {
  readonly outcome: string;
  readonly heardAt?: string | undefined;
  readonly orderEndsOn?: string | undefined;
  readonly settlementPence?: number | undefined;
}

/**
 * Matters of the legal unit. Each has its kind, whether it is privileged, the end of the right to sue and the
 * outcome.
 */
export const matterRecords: RecordHooks<Matter, MatterClosing> = {
  async onArrival(client, requests) {
    await client.query({
      name: 'matters-open',
      text: OPEN_MATTERS,
      values: [JSON.stringify(requests.map(matterOf))],
    });
  },

  onAnswer: oneByOne(async (client, request, answer) => {
    await client.query(CLOSE_MATTER, [
      request.owningForce,
      request.id,
      answer.outcome,
      answer.heardAt ?? null,
      answer.orderEndsOn ?? null,
      answer.settlementPence ?? null,
    ]);
    return {};
  }),

  async read(client, request) {
    const { rows } = await client.query<Record<string, unknown>>(READ_MATTER, [
      request.owningForce,
      request.id,
    ]);
    return rows[0] ?? null;
  },
};

function matterOf({ owningForce, id, type, receivedAt, payload }: ArrivedRequest<Matter>): object {
  return {
    owning_force: owningForce,
    request_id: id,
    kind: type,
    opened_at: receivedAt,
    privileged: payload.privileged,
    notice_served_at: payload.noticeServedAt,
    incident_on: payload.incidentOn,
    limitation_ends_on: payload.limitation?.endsOn,
    limitation_basis: payload.limitation?.basis,
  };
}
