import type { FieldError } from '#contracts';
import { addCalendarMonths, formatCivilDay, parseCivilDay } from '#kernel';
import { answerFault, eachAlone, oneByOne, type ArrivedRequest, type UnitRecords } from '#unit';
import type { Advice } from './advice.request.ts';
import type { CivilClaim } from './civil-claim.request.ts';
import type {
  DomesticAbuseProtectionOrder,
  DomesticAbuseProtectionOrderAnswer,
} from './domestic-abuse-protection-order.request.ts';
import { limitationYears } from './legal.figures.ts';

interface Limitation {
  readonly endsOn: string;
  /** The years and their source; "unverified" where there is none. */
  readonly basis: string;
}

/** Matters of the legal unit: what each is about, whether it is privileged, when the right to sue ends, how it closed. */
export const matterRecords: UnitRecords = {
  migrations: [
    {
      name: '001-matter',
      owned: ['matter'],
      up: `
create table matter (
  owning_force text not null,
  request_id uuid not null,
  kind text not null check (kind in ('domestic-abuse-protection-order', 'civil-claim', 'advice')),
  opened_at timestamptz not null,
  privileged boolean not null,
  notice_served_at timestamptz,
  incident_on date,
  limitation_ends_on date,
  limitation_basis text,
  heard_at timestamptz,
  order_ends_on date,
  settlement_pence bigint check (settlement_pence >= 0),
  outcome text,
  closed_at timestamptz,
  primary key (owning_force, request_id),
  check ((limitation_ends_on is null) = (limitation_basis is null))
);
create index matter_by_limitation on matter (owning_force, limitation_ends_on) where closed_at is null;`,
    },
  ],

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

  answerFaults: eachAlone((request, answer) =>
    request.type === 'domestic-abuse-protection-order'
      ? faultsOfHearing(request, answer as unknown as DomesticAbuseProtectionOrderAnswer)
      : [],
  ),

  onAnswer: oneByOne(async (client, request, answer) => {
    await client.query(
      `update matter set outcome = $3, heard_at = $4, order_ends_on = $5, settlement_pence = $6, closed_at = now()
       where owning_force = $1 and request_id = $2`,
      [
        request.owningForce,
        request.id,
        answer['outcome'] ?? answer['position'] ?? 'advised',
        answer['heardAt'] ?? null,
        answer['orderEndsOn'] ?? null,
        answer['settlementPence'] ?? null,
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

/** Kinds of claim that are torts with the general period. The others have a figure of their own name, or none that is known. */
const PERIOD_OF: Readonly<Record<string, string>> = {
  'false-imprisonment': 'tort',
  'property-damage': 'tort',
  negligence: 'tort',
};

/** The last day on which a claim of this kind can be brought, or null where the period is not known. */
export function limitationOf(kind: string, incidentOn: string): Limitation | null {
  const period = limitationYears.on(PERIOD_OF[kind] ?? kind, incidentOn);
  const day = parseCivilDay(incidentOn);
  if (!period || day === null) return null;
  const basis = `${period.value} years from the incident (${period.source || 'unverified'})`;
  return { endsOn: formatCivilDay(addCalendarMonths(day, period.value * 12)), basis };
}

function matterOf(request: ArrivedRequest): Record<string, unknown> {
  const matter = {
    owning_force: request.owningForce,
    request_id: request.id,
    kind: request.type,
    opened_at: request.receivedAt,
  };
  if (request.type === 'civil-claim') {
    const { kind, incidentOn } = request.payload as unknown as CivilClaim;
    const limitation = limitationOf(kind, incidentOn);
    return {
      ...matter,
      privileged: true,
      incident_on: incidentOn,
      limitation_ends_on: limitation?.endsOn ?? null,
      limitation_basis: limitation?.basis ?? null,
    };
  }
  if (request.type === 'advice')
    return { ...matter, privileged: (request.payload as unknown as Advice).privileged };
  return {
    ...matter,
    privileged: false,
    notice_served_at: (request.payload as unknown as DomesticAbuseProtectionOrder).noticeServedAt,
  };
}

function faultsOfHearing(
  request: ArrivedRequest,
  { outcome, heardAt, conditions }: DomesticAbuseProtectionOrderAnswer,
): FieldError[] {
  const { noticeServedAt } = request.payload as unknown as DomesticAbuseProtectionOrder;
  if (outcome === 'withdrawn') return [];
  const faults: FieldError[] = [];
  if (!heardAt) faults.push(answerFault('heardAt', 'AnOrderIsHeard', 'Say when the application was heard'));
  else if (Date.parse(heardAt) < Date.parse(noticeServedAt)) {
    faults.push(
      answerFault(
        'heardAt',
        'TheHearingFollowsTheNotice',
        'The hearing cannot be before the notice was served',
      ),
    );
  }
  if (outcome === 'order-made' && !conditions?.length) {
    faults.push(answerFault('conditions', 'AnOrderHasConditions', 'Say what the order requires'));
  }
  return faults;
}
