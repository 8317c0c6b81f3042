import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '#contracts';
import { ALLIANCE } from '#kernel';
import { milestonesOf, STATES } from '#requests';
import {
  changeRequest,
  changeRequests,
  readRequest,
  STAFF_COMMANDS,
  type AllowedCommand,
  type RequestType,
  type StaffCommand,
  type UnitDefinition,
} from '#unit';
import type { StaffCaller, StaffRole } from '#web';
import { UnitAtRest } from './describe-unit.at-rest.ts';
import { casesOf, ROLES, situationsOf, type Case, type Situation } from './describe-unit.who-may-change.ts';

const FORCES = ALLIANCE.map(({ slug }) => slug);
const PLACED = 2;

/** One request in a given situation, and the commands that are tried on it. */
interface Trial {
  readonly id: string;
  readonly owner: string;
  readonly situation: Situation;
  readonly cases: readonly Case[];
}

/** The state after a command, or the status and the detail of its refusal. */
interface Outcome {
  readonly came: string;
  readonly why?: string | undefined;
}

/** The commands as a request described them, by the key of the situation and the role. */
type AllowedBySituation = ReadonlyMap<string, readonly AllowedCommand[]>;

/**
 * Tests who may change a request of this unit, without sampling. For one type of each decision mode of the
 * unit, and for each force of the alliance as the owner, it tries every command × state × role × assignee ×
 * proposer × (where a delegated decision is awaited) with or without the owner's authority. A person who may
 * see only the two other forces is tried with every command × state × role, for each owner.
 *
 * Each allowed command gets a request of its own. All refused commands of one situation are tried on the same
 * request, which must be unchanged afterwards; this saves a thousand set-ups for each unit. The commands that
 * one role must be refused are sent as one batch, which decides on each by itself; this saves thousands of
 * transactions. The owners are tested in parallel.
 */
export function describeChanges(definition: UnitDefinition): void {
  describe(`who may change a request of ${definition.slug}`, () => {
    let at: UnitAtRest;
    beforeAll(async () => {
      at = await UnitAtRest.start(definition, FORCES);
      await at.rows(
        `insert into member (person, name, role, forces, last_seen) values ('somebody', 'Some Body', 'caseworker', $1, now())`,
        [FORCES],
      );
      await at.rows(`insert into agreement values ('of-all', 1, 'live', $1, '2020-01-01', null)`, [FORCES]);
      for (const force of FORCES) {
        for (const { name } of definition.requestTypes) {
          await at.rows(
            `insert into delegation values ($1, 'of-all', 1, $2, $3, '2020-01-01', null) on conflict do nothing`,
            [force, delegateOf(force), name],
          );
        }
      }
    });
    afterAll(() => at?.stop());

    const callerOf = (
      { owner, situation }: Trial,
      role: StaffRole,
      forces: readonly string[],
    ): StaffCaller => {
      const person = personOf(owner, situation);
      return { kind: 'staff', person, name: person, unit: definition.slug, role, forces };
    };
    /** The outcome of each command, all sent by one person with that role. */
    const outcomes = async (
      trial: Trial,
      type: RequestType,
      commands: readonly StaffCommand[],
      role: StaffRole,
      forces: readonly string[],
    ): Promise<Outcome[]> => {
      const caller = callerOf(trial, role, forces);
      const wanted = commands.map((command) => ({
        ...{ reference: trial.id, command, version: PLACED },
        body: bodyOf(command, type),
      }));
      // One command alone goes the way of the route that names it, and several go the way of a batch.
      const [first] = wanted;
      if (first && wanted.length === 1)
        return [
          await changeRequest(at.unit, { caller, ...first }).then(
            ({ state }) => ({ came: state }),
            refusalOf,
          ),
        ];
      const changed = await changeRequests(at.unit, caller, wanted);
      return changed.map(({ task, refusal }) => (task ? { came: task.state } : refusalOf(refusal)));
    };
    /** The commands as the request itself describes them, for each role in every situation. */
    const readAllowed = async (kept: readonly Trial[]): Promise<AllowedBySituation> => {
      const said = new Map<string, readonly AllowedCommand[]>();
      await forEachOwner(kept, async (trial) => {
        for (const role of ROLES) {
          const { allowed } = await readRequest(at.unit, callerOf(trial, role, [trial.owner]), trial.id);
          said.set(situationKey(trial, role), allowed);
        }
      });
      return said;
    };

    /** One request of each owner and situation for all refused commands, and one for each allowed command. */
    const place = async (type: RequestType): Promise<Trial[]> => {
      const wanted = FORCES.flatMap((owner) =>
        situationsOf(type.decision).flatMap((situation) => {
          const cases = casesOf(situation, type.decision);
          const allowed = cases.filter(({ to }) => to !== undefined).map((one) => [one]);
          return [cases.filter(({ to }) => to === undefined), ...allowed].map((tried) => ({
            owner,
            situation,
            cases: tried,
          }));
        }),
      );
      const ids = await at.arrive(...wanted.map(({ owner }) => ({ force: owner, type })));
      const trials = wanted.map((trial, index) => ({ ...trial, id: ids[index] as string }));
      await at.rows(
        `update task set state = placed.state, assignee = placed.assignee, proposer = placed.proposer, version = ${PLACED},
           clocks = (select json_agg(clock || '{"metAt": null}') from jsonb_array_elements(task.clocks::jsonb) as clock)
         from json_to_recordset($1) as placed (force text, id uuid, state text, assignee text, proposer text)
         where task.owning_force = placed.force and task.id = placed.id`,
        [JSON.stringify(trials.map((trial) => ({ force: trial.owner, id: trial.id, ...standing(trial) })))],
      );
      await at.rows(
        `insert into proposal (owning_force, id, request_id, version, proposer, answer)
         select owning_force, gen_random_uuid(), id, version, proposer, $2 from task where type = $1 and state = 'awaiting-decision'`,
        [type.name, JSON.stringify(type.examples[0]?.answer)],
      );
      return trials;
    };

    const types = typesByDecision(definition);
    it.each(types.map((type) => [type.decision, type.name, type] as const))(
      'is said by the rules for a %s decision and by nothing else, whichever force owns it: %s',
      async (_, __, type) => {
        const trials = await place(type);
        const surprises: string[] = [];
        const note = (trial: Trial, tried: object, came: string): void =>
          void surprises.push(`${trial.owner} ${JSON.stringify({ ...trial.situation, ...tried })}: ${came}`);
        const kept = trials.filter(({ cases }) => cases.every(({ to }) => to === undefined));
        const said = await readAllowed(kept);
        let [refused, allowed, foreign] = [0, 0, 0];
        const judge = (trial: Trial, { command, role, to }: Case, { came, why }: Outcome): void => {
          const button = said.get(situationKey(trial, role))?.find((one) => one.command === command);
          if (!agree(button, { came, why }))
            note(trial, { role, command, button: button ?? 'none' }, why ?? came);
          if (to === undefined) refused += 1;
          else allowed += 1;
          const fits = to === undefined ? ['403', '409'].includes(came) : came === reached(command, to, type);
          if (!fits) note(trial, { role, command, to: to ?? 'refused' }, came);
        };
        const run = async (trial: Trial): Promise<void> => {
          for (const role of ROLES) {
            const cases = trial.cases.filter((one) => one.role === role);
            if (cases.length === 0) continue;
            const commands = cases.map(({ command }) => command);
            const came = await outcomes(trial, type, commands, role, [trial.owner]);
            cases.forEach((one, n) => judge(trial, one, came[n] as Outcome));
          }
        };
        /** Staff of the other forces, on one request of each state. */
        const runForeign = async (trial: Trial): Promise<void> => {
          const others = FORCES.filter((force) => force !== trial.owner);
          for (const role of ROLES) {
            const came = await outcomes(trial, type, STAFF_COMMANDS, role, others);
            for (const [n, command] of STAFF_COMMANDS.entries()) {
              foreign += 1;
              const status = came[n]?.came ?? 'no outcome';
              if (status !== '404') note(trial, { role, command, to: 'unknown to others' }, status);
            }
          }
        };
        const strange = FORCES.flatMap((owner) =>
          STATES.map(
            (state) =>
              kept.find((trial) => trial.owner === owner && trial.situation.state === state) as Trial,
          ),
        );
        await forEachOwner(strange, runForeign);
        await forEachOwner(trials, run);
        expect(surprises).toEqual([]);
        const stand = new Map(
          (
            await at.rows('select id, state, assignee, proposer, version from task where type = $1', [
              type.name,
            ])
          ).map(({ id, ...row }) => [id, row]),
        );
        for (const trial of kept)
          expect(stand.get(trial.id)).toEqual({ ...standing(trial), version: PLACED });
        const situations = situationsOf(type.decision).length;
        expect({ tried: refused + allowed, foreign }).toEqual({
          tried: FORCES.length * situations * STAFF_COMMANDS.length * ROLES.length,
          foreign: FORCES.length * STATES.length * STAFF_COMMANDS.length * ROLES.length,
        });
        // Each of the 14 commands is allowed somewhere, so the rules do not simply refuse everything.
        expect(allowed).toBeGreaterThan(FORCES.length * STAFF_COMMANDS.length);
      },
      // These are many hundred transactions, which take time on a busy machine.
      240_000,
    );
  });
}

/** Chooses one type of each decision mode, with a milestone if possible. */
function typesByDecision({ requestTypes }: UnitDefinition): RequestType[] {
  return (['one-person', 'second-person', 'second-person-delegated'] as const).flatMap((decision) => {
    const types = requestTypes.filter((type) => type.decision === decision);
    return types.find(({ clocks }) => milestonesOf(clocks).length > 0) ?? types[0] ?? [];
  });
}

/** Runs the work for each trial: one after the other for an owner, and all owners at once. */
async function forEachOwner(trials: readonly Trial[], work: (trial: Trial) => Promise<void>): Promise<void> {
  await Promise.all(
    FORCES.map(async (owner) => {
      for (const trial of trials) if (trial.owner === owner) await work(trial);
    }),
  );
}

/** The status and the detail of a refusal. Anything else is a failure of the test. */
function refusalOf(error: unknown): Outcome {
  if (!(error instanceof Refusal)) throw error;
  return { came: error.problem.status.toString(), why: error.problem.detail };
}

const situationKey = ({ owner, situation }: Trial, role: StaffRole): string =>
  JSON.stringify([owner, situation, role]);

/**
 * True if `allowed` of the request said of a command what the command then answered. A command that does not
 * exist for the type's way of deciding is left out. A milestone's own refusal names the milestone.
 */
function agree(button: AllowedCommand | undefined, { came, why }: Outcome): boolean {
  if (button === undefined) return why !== undefined;
  if (button.allowed) return why === undefined;
  return button.command === 'milestone' && came === '400' ? why !== undefined : why === button.why;
}

const delegateOf = (force: string): string => `delegate-of-${force}`;

/** A person without the owner's authority has that of another force, which must not count. */
function personOf(owner: string, { delegated }: Situation): string {
  return delegateOf(delegated ? owner : (FORCES.find((force) => force !== owner) as string));
}

function standing({ owner, situation }: Trial): {
  state: string;
  assignee: string | null;
  proposer: string | null;
} {
  const me = personOf(owner, situation);
  const { state, own, proposer } = situation;
  return {
    state,
    assignee: state === 'queued' ? null : own ? me : 'another',
    proposer: state === 'awaiting-decision' ? (proposer ? me : 'another') : null,
  };
}

/** Returns the state that a command leads to. An unknown milestone is a fault of the body instead. */
function reached(command: StaffCommand, to: string, { clocks }: RequestType): string {
  return command === 'milestone' && milestonesOf(clocks).length === 0 ? '400' : to;
}

function bodyOf(command: StaffCommand, { clocks, examples }: RequestType): object | undefined {
  switch (command) {
    case 'assign':
      return { assignee: 'somebody' };
    case 'hold':
    case 'return':
      return { reason: 'not yet' };
    case 'ask':
      return { question: 'which?' };
    case 'milestone':
      return { name: milestonesOf(clocks)[0] ?? 'of-another-type' };
    case 'note':
      return { text: 'noted' };
    case 'answer':
    case 'propose':
      return { answer: examples[0]?.answer };
    case 'decline':
      return { reason: 'not ours', belongsTo: 'Facilities' };
    default:
      return undefined;
  }
}
