import { oneByOne, type ArrivedRequest, type RecordHooks } from '#unit';
import type { Limitation } from './limitation.ts';
import { CLOSE_MATTER, OPEN_MATTERS, READ_MATTER } from './matter.sql.ts';

/** A request as its matter is opened. */
interface Matter {
  readonly privileged: boolean;
  readonly noticeServedAt?: string;
  readonly incidentOn?: string;
  readonly limitation?: Limitation | null;
}

/** An answer as its matter is closed. */
interface MatterClosing {
  readonly outcome: string;
  readonly heardAt?: string | undefined;
  readonly orderEndsOn?: string | undefined;
  readonly settlementPence?: number | undefined;
}

/**
 * Matters of the legal unit: what each is about, whether it is privileged, when the right to sue ends, how it
 * closed.
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
