import {
  FORCE_MESSAGES,
  problemDetails,
  type Envelope,
  type MessageType,
  type RequestChanged,
} from '#contracts';
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
import type { SandboxMessage, Rehearsal } from './rehearsal.ts';

const calendar = new WorkingCalendar();
const DECIDERS_COMMANDS: readonly Command[] = ['confirm', 'return'];
const FORCES_COMMANDS: readonly Command[] = Object.values(FORCE_MESSAGES).map(({ command }) => command);
/** The sandbox plays all roles: one person has every request assigned, and another one decides. */
const ASSIGNEE: Actor = { role: 'caseworker', person: 'assignee' };
const DECIDER: Actor = { role: 'decision-maker', person: 'decider', isDelegate: true };
const FORCE: Actor = { role: 'force' };

/** A request of a sandbox while it is played: the commands on it, and the events for its force. */
export class Stage {
  /** The events as the unit of the type would have published them. */
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

  /** Puts the request into the queue, which exists only here; false if it has been there. */
  queue(): boolean {
    if (this.life) return false;
    const { payload, receivedAt } = this.request;
    this.life = beginLife(this.type.clocks, payload, receivedAt, calendar);
    this.publish('concordat.request-queued.v1', this.life, {});
    return true;
  }

  /**
   * Carries out a command in the name of somebody who may give it; false if the life cycle does not allow it.
   */
  do(command: Command, detail: ChangeDetail = {}): boolean {
    if (!this.life) return false;
    const decision = this.decide(this.life, command);
    if (!decision.ok || !decision.published) return false;
    const { milestone } = detail;
    if (milestone !== undefined && milestoneState(this.clocks, milestone) !== 'open') return false;
    const { at } = this.request;
    const clocks = command === 'reopen' ? this.reopenedClocks() : undefined;
    const change = { ...detail, to: decision.to, at, clocks };
    this.life = evolve(this.life, change, { calendar, reopening: this.type.reopening });
    const byRole = FORCES_COMMANDS.includes(command) ? {} : { byRole: actorOf(command).role };
    this.publish(decision.event, this.life, { ...byRole, ...detail });
    return true;
  }

  /** Decides on a change that the force wants, as a unit does: done, or refused because it comes too late. */
  settle({ kind, ...detail }: Exclude<SandboxMessage, { kind: 'reply' }>): void {
    if (!this.life) return;
    const decision = this.decide(this.life, kind);
    if (decision.ok) {
      this.do(kind, detail);
      return;
    }
    const problem = problemDetails('not-in-this-state', decision.why, { state: this.life.state });
    const refused = { changeId: detail.changeId, problem: { ...problem } };
    this.publish('concordat.change-refused.v1', this.life, refused);
  }

  /** Intake has already checked the last day for a reopening, so here it is in time. */
  private reopenedClocks(): readonly ClockState[] | undefined {
    const { payload, at } = this.request;
    const { clocks, reopening } = this.type;
    return reopening && reopenClocks(clocks, reopening, payload, at, calendar);
  }

  private decide({ state }: RequestLife, command: Command): TransitionDecision {
    const request = { state, assignee: 'assignee', proposer: 'assignee' };
    return decide(request, command, this.type.decision, actorOf(command));
  }

  private publish(type: MessageType, life: RequestLife, detail: ChangeDetail): void {
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
