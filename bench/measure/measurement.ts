import type { ChildProgram } from './child-program.ts';
import type { Contender, Standing } from './rounds.ts';
import type { BenchStack } from './stack.ts';

/** What the parts of one run have in common. */
export interface Run {
  readonly bench: BenchStack;
  /** The client that submits over HTTP. */
  readonly load: ChildProgram;
  /** Measured rounds; one more warms up. */
  readonly rounds: number;
  /** Multiplies the length of every round; 1 as published. */
  readonly scale: number;
  /** How long memory is watched. */
  readonly minutes: number;
  /** Open requests of each deep queue. */
  readonly open: readonly number[];
  readonly say: (line: string) => void;
  /** Rounds of all of them in turn; ends them. */
  readonly measured: (contenders: readonly Contender[]) => Promise<Standing[]>;
  /** Whole lives a second, measured once in a run: what "at 70 % of capacity" refers to. */
  readonly capacity: () => Promise<number>;
}

/** One section of docs/reference/bench.md. */
export interface Part {
  /** What `--only` calls it. */
  readonly name: string;
  readonly title: string;
  /** Takes so long that it runs only when it is asked for. */
  readonly onlyByName?: true;
  /** The text of the section below its title. */
  measure(run: Run): Promise<string>;
}

/** Of the capacity: the load at which delays and memory are looked at. */
export const USUAL_LOAD = 0.7;
