import type { FieldError } from '#contracts';
import { comparable } from '#kernel';
import { answerFault, oneByOne, type ArrivedRequest, type UnitRecords } from '#unit';
import type { PoolClient } from 'pg';
import type { CrimeCancellation, CrimeCancellationAnswer } from './crime-cancellation.request.ts';
import { crimeReference, readCrimeReference } from './crime-reference.ts';
import type { CrimeReport, CrimeReportAnswer } from './crime-report.request.ts';
import type { CrimeTransfer, CrimeTransferAnswer } from './crime-transfer.request.ts';
import { offenceOf } from './offence-codes.ts';

type Answer = Readonly<Record<string, unknown>>;

/**
 * The register of recorded crimes. A reference is allocated inside the transaction of the answer: the counter of the
 * force and year stays locked until it commits, so an answer that is rolled back leaves no gap and no number is reused.
 * A reference that somebody wrote is looked for in capital and small letters alike.
 */
export const crimeRecords: UnitRecords = {
  migrations: [
    {
      name: '001-crime',
      owned: ['crime_serial', 'crime', 'crime_change'],
      up: `
create table crime_serial (
  owning_force text not null,
  year integer not null check (year between 2000 and 2199),
  last_serial integer not null check (last_serial > 0),
  primary key (owning_force, year)
);
create table crime (
  owning_force text not null,
  request_id uuid not null,
  reference text not null,
  year integer not null,
  serial integer not null check (serial > 0),
  offence_code text not null,
  crime_type text not null,
  state text not null default 'recorded' check (state in ('recorded', 'cancelled', 'transferred')),
  report_received_at timestamptz,
  recorded_at timestamptz not null default now(),
  primary key (owning_force, request_id),
  unique (owning_force, reference),
  unique (owning_force, year, serial)
);
create table crime_change (
  owning_force text not null,
  request_id uuid not null,
  kind text not null check (kind in ('cancellation', 'transfer')),
  crime_reference text not null,
  ground text not null,
  receiving_force text,
  outcome text not null default 'pending' check (outcome in ('pending', 'cancelled', 'kept', 'accepted', 'refused')),
  decided_as text,
  receiver_reference text,
  asked_at timestamptz not null,
  decided_at timestamptz,
  primary key (owning_force, request_id)
);
create index crime_change_by_reference on crime_change (owning_force, crime_reference);`,
    },
    {
      name: '002-crime-in-any-letters',
      owned: [],
      up: `
create index crime_in_any_letters on crime (owning_force, upper(reference));
create index crime_change_in_any_letters on crime_change (owning_force, upper(crime_reference));
drop index crime_change_by_reference;`,
    },
  ],

  /** Asked changes are noted at once; the crime itself stays as it is, and with its force, until the answer. */
  async onArrival(client, requests) {
    const changes = requests.flatMap(changeOf);
    if (changes.length === 0) return;
    await client.query({
      name: 'crime-change-arrives',
      text: `
insert into crime_change (owning_force, request_id, kind, crime_reference, ground, receiving_force, asked_at)
select * from json_to_recordset($1) as change
  (owning_force text, request_id uuid, kind text, crime_reference text, ground text, receiving_force text, asked_at timestamptz)`,
      values: [JSON.stringify(changes)],
    });
  },

  async answerFaults(client, answered) {
    // Crimes that an answer before takes off the register: a second one finds them gone.
    const leaving = new Set<string>();
    const faults: FieldError[][] = [];
    for (const { request, answer } of answered) {
      if (request.type === 'crime-report')
        faults.push(faultsOfReport(answer as unknown as CrimeReportAnswer));
      else faults.push(await faultsOfChange(client, request, answer, leaving));
    }
    return faults;
  },

  onAnswer: oneByOne(async (client, request, answer) => {
    if (request.type === 'crime-report')
      return recordCrime(client, request, answer as unknown as CrimeReportAnswer);
    if (request.type === 'crime-cancellation')
      return cancelCrime(client, request, answer as unknown as CrimeCancellationAnswer);
    return transferCrime(client, request, answer as unknown as CrimeTransferAnswer);
  }),

  /** Under the reference that the force was told; the serial goes on behind it, so that no reference is given twice. */
  async onCaughtUp(client, answered) {
    for (const { request, answer } of answered) {
      if (request.type === 'crime-report')
        await recordAgain(
          client,
          request,
          answer as unknown as CrimeReportAnswer & { crimeReference?: string },
        );
      else if (request.type === 'crime-cancellation')
        await cancelCrime(client, request, answer as unknown as CrimeCancellationAnswer);
      else await transferCrime(client, request, answer as unknown as CrimeTransferAnswer);
    }
  },

  async read(client, request) {
    const reference = (request.payload as { crimeReference?: string }).crimeReference ?? null;
    const crime = await client.query<Record<string, unknown>>(
      `select reference, offence_code as "offenceCode", crime_type as "crimeType", state, recorded_at as "recordedAt"
       from crime where owning_force = $1 and (request_id = $2 or upper(reference) = upper($3))`,
      [request.owningForce, request.id, reference],
    );
    const found = crime.rows[0];
    const changes = await client.query<Record<string, unknown>>(
      `select kind, outcome, ground, receiving_force as "receivingForce", asked_at as "askedAt", decided_at as "decidedAt"
       from crime_change where owning_force = $1 and upper(crime_reference) = upper($2) order by asked_at limit 50`,
      [request.owningForce, reference ?? found?.['reference'] ?? ''],
    );
    if (!found && changes.rows.length === 0) return null;
    return {
      ...(found ?? { reference, state: 'not-on-this-register' }),
      ...(found && { offence: offenceOf(String(found['offenceCode'])) }),
      changes: changes.rows,
    };
  },
};

function changeOf(request: ArrivedRequest): Record<string, unknown>[] {
  const base = { owning_force: request.owningForce, request_id: request.id, asked_at: request.receivedAt };
  if (request.type === 'crime-cancellation') {
    const { crimeReference: reference, reason } = request.payload as unknown as CrimeCancellation;
    return [
      { ...base, kind: 'cancellation', crime_reference: reference, ground: reason, receiving_force: null },
    ];
  }
  if (request.type === 'crime-transfer') {
    const { crimeReference: reference, ground, receivingForce } = request.payload as unknown as CrimeTransfer;
    return [
      { ...base, kind: 'transfer', crime_reference: reference, ground, receiving_force: receivingForce },
    ];
  }
  return [];
}

function faultsOfReport({ decision, reasons, offenceCode }: CrimeReportAnswer): FieldError[] {
  if (decision === 'not-a-crime')
    return reasons ? [] : [answerFault('reasons', 'ReasonsNeeded', 'Say why this is not a crime')];
  if (!offenceCode)
    return [answerFault('offenceCode', 'OffenceCodeNeeded', 'A recorded crime has an offence code')];
  if (offenceOf(offenceCode)) return [];
  return [answerFault('offenceCode', 'NoSuchOffence', `There is no Home Office offence code ${offenceCode}`)];
}

/** This judges a cancellation or a transfer. `leaving` gains the crime that a sound one takes off the register. */
async function faultsOfChange(
  client: PoolClient,
  request: ArrivedRequest,
  answer: Answer,
  leaving: Set<string>,
): Promise<FieldError[]> {
  const { crimeReference } = request.payload as unknown as CrimeCancellation;
  const { decision, receiverReference, reasons } = answer as unknown as CrimeTransferAnswer;
  const leaves = decision === (request.type === 'crime-cancellation' ? 'cancelled' : 'accepted');
  const faults: FieldError[] = [];
  if (request.type === 'crime-transfer') {
    if (leaves && !receiverReference) {
      const detail = 'Until the receiver has a reference, the record stays with the sender';
      faults.push(answerFault('receiverReference', 'ReceiverReferenceNeeded', detail));
    }
    if (!leaves && !reasons)
      faults.push(answerFault('reasons', 'ReasonsNeeded', 'Say why the receiver refused'));
  }
  if (!leaves) return faults;
  const key = `${request.owningForce}/${comparable(crimeReference)}`;
  const state = leaving.has(key)
    ? 'leaving the register with another answer'
    : await lockedState(client, request, crimeReference);
  if (state !== undefined && state !== 'recorded') {
    faults.push(
      answerFault(
        'decision',
        'TheCrimeHasLeftTheRegister',
        `The crime ${crimeReference} is already ${state}`,
      ),
    );
  }
  if (faults.length === 0) leaving.add(key);
  return faults;
}

/** Undefined when the crime is not on this register. Locked, so that it is still so when the answer is written. */
async function lockedState(
  client: PoolClient,
  request: ArrivedRequest,
  reference: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ state: string }>(
    'select state from crime where owning_force = $1 and upper(reference) = upper($2) for update',
    [request.owningForce, reference],
  );
  return rows[0]?.state;
}

async function recordCrime(
  client: PoolClient,
  request: ArrivedRequest,
  answer: CrimeReportAnswer,
): Promise<Answer> {
  const { decision, offenceCode: code } = answer;
  if (decision === 'not-a-crime' || !code) return {};
  // The year is the one in London in which the crime is recorded, by the database's clock.
  const next = await client.query<{ year: number; serial: number }>({
    name: 'crime-serial',
    text: `
insert into crime_serial (owning_force, year, last_serial)
values ($1, extract(year from now() at time zone 'Europe/London')::integer, 1)
on conflict (owning_force, year) do update set last_serial = crime_serial.last_serial + 1
returning year, last_serial as serial`,
    values: [request.owningForce],
  });
  const { year, serial } = next.rows[0] as { year: number; serial: number };
  const reference = crimeReference(request.owningForce, serial, year);
  await insertCrime(client, request, { reference, year, serial, code });
  return { crimeReference: reference, offence: offenceOf(code) };
}

async function insertCrime(
  client: PoolClient,
  request: ArrivedRequest,
  {
    reference,
    year,
    serial,
    code,
  }: { readonly reference: string; readonly year: number; readonly serial: number; readonly code: string },
): Promise<void> {
  const payload = request.payload as unknown as CrimeReport;
  await client.query({
    name: 'crime-recorded',
    text: `
insert into crime (owning_force, request_id, reference, year, serial, offence_code, crime_type, report_received_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      request.owningForce,
      request.id,
      reference,
      year,
      serial,
      code,
      payload.crimeType,
      payload.reportReceivedAt ?? null,
    ],
  });
}

async function recordAgain(
  client: PoolClient,
  request: ArrivedRequest,
  { crimeReference: reference, offenceCode: code }: CrimeReportAnswer & { crimeReference?: string },
): Promise<void> {
  if (reference === undefined || !code) return;
  const read = readCrimeReference(request.owningForce, reference);
  if (!read) throw new Error(`the format of crime references has changed since ${reference} was given`);
  await client.query(
    `insert into crime_serial (owning_force, year, last_serial) values ($1, $2, $3)
     on conflict (owning_force, year) do update set last_serial = greatest(crime_serial.last_serial, excluded.last_serial)`,
    [request.owningForce, read.year, read.serial],
  );
  await insertCrime(client, request, { reference, code, ...read });
}

async function cancelCrime(
  client: PoolClient,
  request: ArrivedRequest,
  answer: CrimeCancellationAnswer,
): Promise<Answer> {
  const { crimeReference: reference } = request.payload as unknown as CrimeCancellation;
  const onRegister =
    answer.decision === 'cancelled' ? await leaveRegister(client, request, reference, 'cancelled') : null;
  await client.query(
    `update crime_change set outcome = $3, decided_as = $4, decided_at = now() where owning_force = $1 and request_id = $2`,
    [request.owningForce, request.id, answer.decision, answer.decidedAs],
  );
  return onRegister === null ? {} : { onRegister };
}

async function transferCrime(
  client: PoolClient,
  request: ArrivedRequest,
  answer: CrimeTransferAnswer,
): Promise<Answer> {
  const { crimeReference: reference } = request.payload as unknown as CrimeTransfer;
  const accepted = answer.decision === 'accepted';
  const onRegister = accepted ? await leaveRegister(client, request, reference, 'transferred') : null;
  await client.query(
    `update crime_change set outcome = $3, receiver_reference = $4, decided_at = now() where owning_force = $1 and request_id = $2`,
    [request.owningForce, request.id, answer.decision, answer.receiverReference ?? null],
  );
  return onRegister === null ? {} : { onRegister };
}

/**
 * Takes a crime out of the statistics (cancelled and transferred records leave them); the row stays. False when the
 * crime is not on this register: it was recorded before this unit kept one, and its own force strikes it out there.
 */
async function leaveRegister(
  client: PoolClient,
  request: ArrivedRequest,
  reference: string,
  state: 'cancelled' | 'transferred',
): Promise<boolean> {
  const { rowCount } = await client.query(
    'update crime set state = $3 where owning_force = $1 and upper(reference) = upper($2)',
    [request.owningForce, reference, state],
  );
  return rowCount === 1;
}
