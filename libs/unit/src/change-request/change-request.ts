import { Refusal } from '#contracts';
import { halving } from '#kernel';
import type { PoolClient } from '#persistence';
import type { TransitionDecision } from '#requests';
import { isVersionRead, versionChanged, type StaffCaller, type VersionRead } from '#web';
import { refuseStranger } from '../members/refuse-stranger.ts';
import { arrivedRequests, lockTasks, type TaskRow } from '../task-row.ts';
import { taskView, type TaskView } from '../task-view.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import type { WorkedType } from '../worked-type.ts';
import { readChangeBody, type ChangeBody, type StaffCommand } from './change-body.ts';
import { decideCommand } from './decide-command.ts';
import { answerOfItsType, judgeAnswers, type AnswerToJudge } from './judge-answers.ts';
import { openMilestone } from './open-milestone.ts';
import { writeChanges, type Change, type DecidedChange } from './write-change.ts';
import { PROPOSED_ANSWER } from './change-request.sql.ts';

/** A change that a member of staff asks for. */
export interface WantedChange {
  /** Request id or short reference. */
  readonly reference: string;
  readonly command: StaffCommand;
  /** The version in If-Match. Only a claim may leave it out, because one claimer wins in any case. */
  readonly version: VersionRead | undefined;
  readonly body: unknown;
}

/** The outcome of a change: the task as it is now, or the refusal. */
export type ChangeOutcome =
  | { readonly task: TaskView; readonly refusal?: undefined }
  | { readonly refusal: Refusal; readonly task?: undefined };

/** A change that the table allows, with an answer to which the unit's records may still add fields. */
interface DraftedChange extends DecidedChange {
  readonly place: number;
  readonly command: StaffCommand;
  readonly answer?: Readonly<Record<string, unknown>>;
}

/** Writes down the outcomes of changes, in their transaction. */
export type KeepOutcomes = (
  client: PoolClient,
  wanted: readonly WantedChange[],
  outcomes: readonly ChangeOutcome[],
) => Promise<void>;

/** Makes one change; throws its refusal. */
export async function changeRequest(
  unit: UnitRuntime,
  { caller, ...wanted }: WantedChange & { readonly caller: StaffCaller },
): Promise<TaskView> {
  const [outcome] = (await changeRequests(unit, caller, [wanted])) as [ChangeOutcome];
  if (outcome.refusal) throw outcome.refusal;
  return outcome.task;
}

/**
 * Makes all changes of staff. The rows are locked, the table of transitions decides, delegation is checked in
 * the same transaction, and the changes are written with their events and log entries or not at all. A
 * refused change does not affect the others. A request that the caller may not see is 404, whether or not it
 * exists.
 */
export async function changeRequests(
  unit: UnitRuntime,
  caller: StaffCaller,
  wanted: readonly WantedChange[],
  keep?: KeepOutcomes,
): Promise<readonly ChangeOutcome[]> {
  const forces = unit.forcesOf(caller);
  const change = async (some: readonly WantedChange[]): Promise<ChangeOutcome[]> => {
    const outcomes = await unit.database.transaction(forces, async (client) => {
      const decided = await changeAll(client, unit, caller, forces, some);
      await keep?.(client, some, decided);
      return decided;
    });
    if (outcomes.some(({ task }) => task)) unit.published();
    return outcomes;
  };
  return halving(wanted, change, (error, failed) => {
    if (!(error instanceof Refusal)) throw error;
    // A change that cannot be published ends the transaction of all; halving finds it.
    return failed.length === 1 ? [{ refusal: error }] : undefined;
  });
}

async function changeAll(
  client: PoolClient,
  unit: UnitRuntime,
  caller: StaffCaller,
  forces: readonly string[],
  wanted: readonly WantedChange[],
): Promise<ChangeOutcome[]> {
  const outcomes = new Array<ChangeOutcome>(wanted.length);
  const tasks = await lockTasks(
    client,
    forces,
    wanted.map(({ reference }) => reference),
  );
  let sound: DraftedChange[] = [];
  let waiting = wanted.map((one, place) => ({ one, place, task: tasks[place] }));
  // Each round processes the first change of every request. The next one waits until the first is accepted or
  // refused.
  while (waiting.length > 0) {
    const changing = new Set(sound.map(({ task }) => task.id));
    const drafts: DraftedChange[] = [];
    const later: typeof waiting = [];
    for (const { one, place, task } of waiting) {
      try {
        if (!task) throw notFound();
        if (changing.has(task.id)) throw versionChanged();
        if (drafts.some((draft) => draft.task.id === task.id)) later.push({ one, place, task });
        else
          drafts.push({
            place,
            task,
            command: one.command,
            ...(await draftOf(client, unit, caller, task, one)),
          });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        outcomes[place] = { refusal: error };
      }
    }
    const refusals = await refusalsOf(client, unit, sound, drafts);
    refusals.forEach((refusal, place) => (outcomes[place] = { refusal }));
    sound = [...sound, ...drafts.filter(({ place }) => !refusals.has(place))];
    waiting = later;
  }
  const changed = await writeChanges(client, unit, await withRecordedAnswers(client, unit, sound));
  sound.forEach(({ place }, index) => {
    const task = changed[index];
    outcomes[place] = task ? { task: taskView(unit, task) } : { refusal: versionChanged() };
  });
  return outcomes;
}

/**
 * The refusals of new drafts with a faulty answer, by place. The sound drafts before them are judged with
 * them.
 */
async function refusalsOf(
  client: PoolClient,
  unit: UnitRuntime,
  sound: readonly DraftedChange[],
  drafts: readonly DraftedChange[],
): Promise<Map<number, Refusal>> {
  const answers = (among: readonly DraftedChange[]): (AnswerToJudge & { readonly place: number })[] =>
    among.flatMap(({ place, task, command, answer, change }) => {
      const given = answer ?? change.proposal;
      return given === undefined ? [] : [{ place, task, command, answer: given }];
    });
  const fresh = answers(drafts);
  if (fresh.length === 0) return new Map();
  const before = answers(sound).filter(({ command }) => command !== 'propose');
  const refusals = await judgeAnswers(client, unit, [...before, ...fresh]);
  return new Map(
    fresh.flatMap(({ place }, n) => {
      const refusal = refusals[before.length + n];
      return refusal ? [[place, refusal] as const] : [];
    }),
  );
}

async function draftOf(
  client: PoolClient,
  unit: UnitRuntime,
  caller: StaffCaller,
  task: TaskRow,
  { command, version, body }: WantedChange,
): Promise<Pick<DraftedChange, 'change' | 'answer'>> {
  const given = readChangeBody(command, body);
  if (version === undefined && command !== 'claim') {
    throw new Refusal(
      'version-required',
      'Read the request first, then send its ETag in the If-Match header.',
    );
  }
  const worked = unit.typeOf(task);
  const decision = await decisionOn(client, unit, task, caller, command, version);
  const change = await changeOf(client, worked, task, caller, command, given, decision);
  if (command === 'answer') return { change, answer: answerOfItsType(worked, command, given.answer) };
  if (command === 'confirm')
    return { change, answer: answerOfItsType(worked, command, await proposedAnswer(client, task)) };
  return { change };
}

/** The same refusal for a request that does not exist and for a request of another force. */
export function notFound(): Refusal {
  return new Refusal('not-found', 'This request does not exist, or you may not see it.');
}

async function decisionOn(
  client: PoolClient,
  unit: UnitRuntime,
  task: TaskRow,
  caller: StaffCaller,
  command: StaffCommand,
  version: VersionRead | undefined,
): Promise<TransitionDecision & { readonly ok: true }> {
  const decision = await decideCommand(client, unit, task, caller, command);
  // A role that may never do this is told first, then an old version, because it may explain the other
  // refusals.
  if (!decision.ok && decision.always) throw decision.refusal;
  if (version !== undefined && !isVersionRead(task.version, version)) throw versionChanged(task.version);
  if (!decision.ok) throw decision.refusal;
  return decision;
}

/** The change of the command, apart from state and clocks. */
async function changeOf(
  client: PoolClient,
  worked: WorkedType,
  task: TaskRow,
  caller: StaffCaller,
  command: StaffCommand,
  body: ChangeBody,
  decision: TransitionDecision & { readonly ok: true },
): Promise<Change> {
  const byRole = caller.role;
  const change: Change = {
    decision,
    person: caller.person,
    assignee: task.assignee,
    proposer: task.proposer,
    detail: { byRole },
    reason: command,
  };
  switch (command) {
    case 'claim':
      return { ...change, assignee: caller.person };
    case 'assign':
      await refuseStranger(client, body.assignee as string, task.force);
      return { ...change, assignee: body.assignee as string };
    case 'release':
      return { ...change, assignee: null };
    case 'hold':
    case 'return':
      return { ...change, proposer: null, detail: { byRole, reason: body.reason } };
    case 'resume':
    case 'withdraw-question':
    case 'answer':
    case 'confirm':
      return change;
    case 'ask':
      return { ...change, detail: { byRole, question: body.question } };
    case 'milestone': {
      const milestone = openMilestone(worked, task, body.name as string);
      return {
        ...change,
        detail: { byRole, milestone },
        ...(body.note !== undefined && { note: { kind: 'note', text: body.note } }),
      };
    }
    case 'note':
      return { ...change, note: { kind: 'note', text: body.text as string } };
    case 'decline':
      return { ...change, detail: { byRole, reason: body.reason, belongsTo: body.belongsTo } };
    case 'propose':
      return { ...change, proposer: caller.person, proposal: answerOfItsType(worked, command, body.answer) };
  }
}

/** Adds the fields of the unit's own records to the answers, after the answers were judged. */
async function withRecordedAnswers(
  client: PoolClient,
  unit: UnitRuntime,
  drafts: readonly DraftedChange[],
): Promise<DraftedChange[]> {
  const answering = drafts.filter(({ answer }) => answer !== undefined);
  if (answering.length === 0) return [...drafts];
  const requests = unit.records.keepAnswers
    ? await arrivedRequests(
        client,
        answering.map(({ task }) => task),
      )
    : [];
  const added = await unit.records.onAnswer(
    client,
    requests.map((request, index) => ({ request, answer: answering[index]?.answer ?? {} })),
  );
  const additions = new Map(answering.map(({ place }, index) => [place, added[index] ?? {}]));
  return drafts.map((draft) => {
    if (draft.answer === undefined) return draft;
    const { change } = draft;
    const answer = { ...draft.answer, ...additions.get(draft.place) };
    return { ...draft, change: { ...change, detail: { ...change.detail, answer } } };
  });
}

/** The newest proposal of a request, which is the one that awaits a decision. */
async function proposedAnswer(client: PoolClient, task: TaskRow): Promise<Record<string, unknown>> {
  const { rows } = await client.query<{ answer: Record<string, unknown> }>({
    name: 'proposed-answer',
    text: PROPOSED_ANSWER,
    values: [task.force, task.id],
  });
  const proposal = rows[0];
  if (!proposal) throw new Error(`${task.unitReference} awaits a decision but has no proposal`);
  return proposal.answer;
}
