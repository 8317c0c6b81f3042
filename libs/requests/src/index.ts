export type { ClockDefinition, ClockKind, MetBy } from './clock-definition.ts';
export { clockFaults } from './clock-faults.ts';
export type { ClockMilestone, ClockReadout, ClockState } from './clock-state.ts';
export {
  meetClocks,
  moveClocks,
  nextDue,
  pauseClocks,
  readClock,
  resumeClocks,
  startClocks,
  type Moment,
} from './clocks.ts';
export { decide, type Actor, type DecidableRequest } from './decide.ts';
export type { TransitionDecision, TransitionRefusal } from './decide-transition.ts';
export {
  beginLife,
  evolve,
  type LifeTerms,
  type OpenQuestion,
  type RequestChange,
  type RequestLife,
} from './evolve.ts';
export { lifeCycleFaults } from './life-cycle.ts';
export { milestonesOf, milestoneState } from './milestones.ts';
export {
  impossibleBecause,
  SEQUENCE_STEP_MAX,
  type KnownState,
  type PublishedChange,
} from './possible-change.ts';
export { lastDayToReopen, reopenClocks, reopeningFaults, type Reopening } from './reopening.ts';
export {
  CORRECTABLE_IN,
  FINAL_STATES,
  INITIAL_STATE,
  PAUSING_STATES,
  REOPENABLE,
  STATES,
  TRANSITIONS,
  WORKING_ROLES,
  type ActorRole,
  type Command,
  type DecisionMode,
  type PublishedTransitionEvent,
  type State,
  type Transition,
  type TransitionEvent,
} from './transitions.ts';
export {
  DEMONSTRATION_URGENCY,
  URGENCIES,
  urgencyBounds,
  urgencyOf,
  type Urgency,
  type UrgencyBounds,
  type UrgencyThresholds,
} from './urgency.ts';
