import { oneByOne, type ArrivedRequest, type RecordHooks } from '#unit';
import type { Limitation } from './limitation.ts';

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

/** Matters of the legal unit: what each is about, whether it is privileged, when the right to sue ends, how it closed. */
export const matterRecords: RecordHooks<Matter, MatterClosing> = {
  async onArrival(client, requests) {
    await client.query({
      name: 'matters-open',
      text: `
insert into matter (owning_force, request_id, kind, opened_at, privileged, notice_served_at, incident_on, limitation_ends_on, limitation_basis)
select * from json_to_recordset($1) as m
  (owning_force text, request_id uuid, kind text, opened_at timestamptz, privileged boolean, notice_served_at timestamptz,
   incident_on date, limitation_ends_on date, limitation_basis text)`,
      values: [JSON.stringify(requests.map(matterOf))],
    });
  },

  onAnswer: oneByOne(async (client, request, answer) => {
    await client.query(
      `update matter set outcome = $3, heard_at = $4, order_ends_on = $5, settlement_pence = $6, closed_at = now()
       where owning_force = $1 and request_id = $2`,
      [
        request.owningForce,
        request.id,
        answer.outcome,
        answer.heardAt ?? null,
        answer.orderEndsOn ?? null,
        answer.settlementPence ?? null,
      ],
    );
    return {};
  }),

  async read(client, request) {
    const { rows } = await client.query<Record<string, unknown>>(
      `select kind, privileged, notice_served_at as "noticeServedAt", incident_on::text as "incidentOn",
         limitation_ends_on::text as "limitationEndsOn", limitation_basis as "limitationBasis", heard_at as "heardAt",
         order_ends_on::text as "orderEndsOn", settlement_pence as "settlementPence", outcome, closed_at as "closedAt"
       from matter where owning_force = $1 and request_id = $2`,
      [request.owningForce, request.id],
    );
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
