import type { ForceSide } from '../outside/force-side.ts';
import type { Random } from '../trial/random.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import type { Trial } from '../trial/trial.ts';

/** Everything a fault injection works with: the system, the forces, and the load that continues meanwhile. */
export interface FaultEnvironment {
  readonly system: RunningSystem;
  readonly sides: readonly ForceSide[];
  readonly random: Random;
  readonly trial: Trial;
  /** An injection calls this when its fault has ended. The recovery time is measured from this moment. */
  readonly markFaultEnd: () => void;
}

/**
 * Causes the fault and returns a short description of what was seen. It throws when the system breaks a
 * promise during the fault.
 */
export type Injection = (environment: FaultEnvironment) => Promise<string>;
