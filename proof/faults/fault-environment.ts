import type { ForceSide } from '../outside/force-side.ts';
import type { Random } from '../trial/random.ts';
import type { RunningSystem } from '../outside/running-system.ts';
import type { Trial } from '../trial/trial.ts';

/** What a fault is given to do its harm: the system, the forces, and the load that goes on meanwhile. */
export interface Ground {
  readonly system: RunningSystem;
  readonly sides: readonly ForceSide[];
  readonly random: Random;
  readonly trial: Trial;
  /** The last harm is done, or the pause is over: from here recovery is measured. */
  readonly over: () => void;
}

/** Does the harm, and throws where the system does not bear it as promised; returns what else was seen, in a few words. */
export type Injection = (ground: Ground) => Promise<string>;
