import { problemDetails, type Envelope, type MessageType, type RequestChanged } from '#contracts';
import { newId, WorkingCalendar } from '#kernel';
import {
  decideTransition,
  FINAL_STATES,
  INITIAL_STATE,
  lastDayToReopen,
  meetClocks,
  milestoneState,
  moveClocks,
  REOPENABLE,
  reopenClocks,
  startClocks,
  type ClockState,
  type Command,
} from '#requests';
import { clockReadings, type ChangeDetail, type RequestType } from '#unit';
import type { Heard, Rehearsal } from './rehearsal.ts';

const calendar = new WorkingCalendar();
const OF_DECIDERS: readonly Command[] = ['confirm', 'return'];
const OF_FORCES: readonly Command[] = ['reply', 'withdraw', 'inform', 'correct', 'reopen'];

/** A request of a sandbox while it is played: what is done to it, and what the force is told. */
export class Stage {
  /** As its unit would have published them. */
  readonly changes: Envelope<RequestChanged>[] = [];
  clocks: readonly ClockState[];
  private state: Rehearsal['state'];
  private sequence: number;

  constructor(
    private readonly request: Rehearsal,
    private readonly type: RequestType,
  ) {
    ({ state: this.state, sequence: this.sequence, clocks: this.clocks } = request);
  }

  get isOver(): boolean {
    return FINAL_STATES.some((state) => state === this.state);
  }

  /** Takes it into the queue that it has nowhere but here; false when it has been there. */
  queue(): boolean {
    if (this.state !== 'accepted') return false;
    const { payload, receivedAt } = this.request;
    this.clocks = startClocks(this.type.clocks, payload, receivedAt, calendar);
    this.move(INITIAL_STATE);
    this.tell('concordat.request-queued.v1', {});
    return true;
  }

  /** Does what the table of transitions lets be done here, by whoever may do it; false when it does not. */
  do(command: Command, detail: ChangeDetail = {}): boolean {
    const decision = this.decide(command);
    if (!decision.ok || !decision.published || this.state === 'accepted') return false;
    const { milestone } = detail;
    if (milestone !== undefined && milestoneState(this.clocks, milestone) !== 'open') return false;
    const moved =
      command === 'reopen'
        ? this.clocksAnew()
        : moveClocks(this.clocks, this.state, decision.to, this.request.at, calendar);
    this.clocks = milestone === undefined ? moved : meetClocks(moved, { milestone }, this.request.at);
    const byRole = OF_DECIDERS.includes(command) ? 'decision-maker' : 'caseworker';
    const reopenUntil = REOPENABLE.includes(decision.to)
      ? lastDayToReopen(this.type.reopening, this.request.at)
      : undefined;
    this.move(decision.to);
    const told = { ...detail, ...(reopenUntil !== undefined && { reopenUntil }) };
    this.tell(decision.event, OF_FORCES.includes(command) ? told : { byRole, ...told });
    return true;
  }

  /** Settles what the force wants changed, as a unit does: done, or refused because it comes too late. */
  settle({ kind, ...detail }: Exclude<Heard, { kind: 'reply' }>): void {
    const decision = this.decide(kind);
    if (decision.ok) {
      this.do(kind, detail);
      return;
    }
    const problem = problemDetails('not-in-this-state', decision.why, { state: this.state });
    this.tell('concordat.change-refused.v1', { changeId: detail.changeId, problem: { ...problem } });
  }

  /** The day that was told is the door's to hold: here it has been asked in time. */
  private clocksAnew(): readonly ClockState[] {
    const { payload, at } = this.request;
    return this.type.reopening
      ? reopenClocks(this.type.clocks, this.type.reopening, payload, at, calendar)
      : this.clocks;
  }

  private decide(command: Command): ReturnType<typeof decideTransition> {
    const role = OF_FORCES.includes(command)
      ? 'force'
      : OF_DECIDERS.includes(command)
        ? 'decision-maker'
        : 'caseworker';
    const state = this.state === 'accepted' ? INITIAL_STATE : this.state;
    return decideTransition({
      command,
      state,
      decision: this.type.decision,
      role,
      isAssignee: true,
      isProposer: false,
      isDelegate: true,
    });
  }

  private move(to: Rehearsal['state']): void {
    this.state = to;
    this.sequence += 1;
  }

  private tell(type: MessageType, detail: ChangeDetail): void {
    const { requestId, force, unit, unitReference, reference, traceparent, at } = this.request;
    const value: RequestChanged = {
      requestId,
      forceReference: reference,
      unit,
      type: this.type.name,
      unitReference,
      state: this.state,
      sequence: this.sequence,
      at: at.toISOString(),
      clocks: clockReadings(this.clocks, at, calendar),
      ...detail,
    };
    this.changes.push({
      id: newId(),
      source: `/unit/${unit}`,
      type,
      time: value.at,
      subject: requestId,
      owningForce: force,
      ...(traceparent !== null && { traceparent }),
      value,
    });
  }
}
