import { problemDetails, type Envelope, type MessageType, type RequestChanged } from '#contracts';
import { newId, WorkingCalendar } from '#kernel';
import {
  beginLife,
  decide,
  evolve,
  FINAL_STATES,
  milestoneState,
  reopenClocks,
  type Actor,
  type ClockState,
  type Command,
  type RequestLife,
  type TransitionDecision,
} from '#requests';
import { clockReadings, requestChanged, type ChangeDetail, type RequestType } from '#unit';
import type { Heard, Rehearsal } from './rehearsal.ts';

const calendar = new WorkingCalendar();
const DECIDERS_COMMANDS: readonly Command[] = ['confirm', 'return'];
const FORCES_COMMANDS: readonly Command[] = ['reply', 'withdraw', 'inform', 'correct', 'reopen'];
/** The sandbox plays everybody: one person has every request in hand, and another one decides. */
const ASSIGNEE: Actor = { role: 'caseworker', person: 'assignee' };
const DECIDER: Actor = { role: 'decision-maker', person: 'decider', isDelegate: true };
const FORCE: Actor = { role: 'force' };

/** A request of a sandbox while it is played: what is done to it, and the events for its force. */
export class Stage {
  /** As its unit would have published them. */
  readonly changes: Envelope<RequestChanged>[] = [];
  /** Null until the request is in the queue. */
  private life: RequestLife | null;

  constructor(
    private readonly request: Rehearsal,
    private readonly type: RequestType,
  ) {
    const { state, sequence: version, clocks, question, reason } = request;
    this.life = state === 'accepted' ? null : { state, version, clocks, question, reason };
  }

  get clocks(): readonly ClockState[] {
    return this.life?.clocks ?? this.request.clocks;
  }

  get isOver(): boolean {
    return this.life !== null && FINAL_STATES.includes(this.life.state);
  }

  /** Takes it into the queue that it has nowhere but here; false when it has been there. */
  queue(): boolean {
    if (this.life) return false;
    const { payload, receivedAt } = this.request;
    this.life = beginLife(this.type.clocks, payload, receivedAt, calendar);
    this.tell('concordat.request-queued.v1', this.life, {});
    return true;
  }

  /** Does what the table of transitions lets be done here, by whoever may do it; false when it does not. */
  do(command: Command, detail: ChangeDetail = {}): boolean {
    if (!this.life) return false;
    const decision = this.decide(this.life, command);
    if (!decision.ok || !decision.published) return false;
    const { milestone } = detail;
    if (milestone !== undefined && milestoneState(this.clocks, milestone) !== 'open') return false;
    const { at } = this.request;
    const clocks = command === 'reopen' ? this.clocksAnew() : undefined;
    const change = { ...detail, to: decision.to, at, clocks };
    this.life = evolve(this.life, change, { calendar, reopening: this.type.reopening });
    const byRole = FORCES_COMMANDS.includes(command) ? {} : { byRole: actorOf(command).role };
    this.tell(decision.event, this.life, { ...byRole, ...detail });
    return true;
  }

  /** Settles what the force wants changed, as a unit does: done, or refused because it comes too late. */
  settle({ kind, ...detail }: Exclude<Heard, { kind: 'reply' }>): void {
    if (!this.life) return;
    const decision = this.decide(this.life, kind);
    if (decision.ok) {
      this.do(kind, detail);
      return;
    }
    const problem = problemDetails('not-in-this-state', decision.why, { state: this.life.state });
    const refused = { changeId: detail.changeId, problem: { ...problem } };
    this.tell('concordat.change-refused.v1', this.life, refused);
  }

  /** Intake has checked the last day for a reopening: here it has been asked in time. */
  private clocksAnew(): readonly ClockState[] | undefined {
    const { payload, at } = this.request;
    const { clocks, reopening } = this.type;
    return reopening && reopenClocks(clocks, reopening, payload, at, calendar);
  }

  private decide({ state }: RequestLife, command: Command): TransitionDecision {
    const request = { state, assignee: 'assignee', proposer: 'assignee' };
    return decide(request, command, this.type.decision, actorOf(command));
  }

  private tell(type: MessageType, life: RequestLife, detail: ChangeDetail): void {
    const { requestId, force, unit, unitReference, reference, traceparent, at } = this.request;
    const value = requestChanged(
      {
        requestId,
        forceReference: reference,
        unit,
        type: this.type.name,
        unitReference,
        at,
        clocks: clockReadings(this.clocks, at, calendar),
      },
      life,
      detail,
    );
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

function actorOf(command: Command): Actor {
  if (FORCES_COMMANDS.includes(command)) return FORCE;
  return DECIDERS_COMMANDS.includes(command) ? DECIDER : ASSIGNEE;
}
