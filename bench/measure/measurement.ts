import type { ChildProgram } from './child-program.ts';
import type { Contender, ContenderResult } from './rounds.ts';
import type { BenchStack } from './stack.ts';

/** The context that all measurements of one run share. */
export interface Run {
  readonly bench: BenchStack;
  /** The client that submits over HTTP. */
  readonly load: ChildProgram;
  /** The number of measured rounds. One more round warms up. */
  readonly rounds: number;
  /** The factor for the length of every round. Published measurements use 1. */
  readonly scale: number;
  /** The duration of the memory measurement. */
  readonly minutes: number;
  /** The number of open requests in each deep queue. */
  readonly open: readonly number[];
  readonly say: (line: string) => void;
  /** Runs rounds of all contenders in turn, then ends the contenders. */
  readonly measured: (contenders: readonly Contender[]) => Promise<ContenderResult[]>;
  /** Whole lives per second, measured once in a run. "70 % of capacity" refers to it. */
  readonly capacity: () => Promise<number>;
}

/** One section of docs/reference/bench.md. */
export interface Measurement {
  /** The name for the option `--only`. */
  readonly name: string;
  readonly title: string;
  /** The measurement takes so long that it runs only when `--only` names it. */
  readonly onlyByName?: true;
  /** Measures and returns the text of the section, without its title. */
  measure(run: Run): Promise<string>;
}

/** The share of the capacity at which delays and memory are measured. */
export const USUAL_LOAD = 0.7;
