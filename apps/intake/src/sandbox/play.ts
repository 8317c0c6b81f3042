import type { Envelope, RequestChanged } from '#contracts';
import { milestonesOf, type ClockState, type Command } from '#requests';
import type { ChangeDetail, RequestType } from '#unit';
import type { Rehearsal } from './rehearsal.ts';
import type { Move, Pause, Scenario } from './scenarios.ts';
import { Stage } from './stage.ts';

export interface Played {
  readonly changes: readonly Envelope<RequestChanged>[];
  readonly step: number;
  readonly clocks: readonly ClockState[];
  /** When the next line is due: `never` while the force is waited for and at the end, `as-before` when none was played. */
  readonly next: 'soon' | 'late' | 'never' | 'as-before';
}

/** One line of a script as a type has it. */
type Line =
  { readonly command: Command | 'queue'; readonly detail?: ChangeDetail } | { readonly pause: Pause };

/** Answers what was heard, then plays the next line that is due. */
export function play(rehearsal: Rehearsal, { script }: Scenario, type: RequestType): Played {
  const lines = script.flatMap((move) => linesOf(move, type));
  const behindQueue = lines.findIndex((line) => 'command' in line && line.command === 'queue') + 1;
  const stage = new Stage(rehearsal, type);
  let { step } = rehearsal;
  let next: Played['next'] = 'as-before';
  const pause = (): Pause | undefined => {
    const line = lines[step];
    return line && 'pause' in line ? line.pause : undefined;
  };
  /** Plays the next line that can be played here; false where the script stands still or ends. */
  const playOne = (): boolean => {
    for (; step < lines.length; step += 1) {
      const line = lines[step] as Line;
      if ('pause' in line) return false;
      if (line.command === 'queue' ? stage.queue() : stage.do(line.command, line.detail)) {
        step += 1;
        return true;
      }
    }
    return false;
  };
  const ahead = (): Played['next'] => {
    if (stage.isOver || step >= lines.length) return 'never';
    if (pause() !== 'long-wait') return pause() === undefined ? 'soon' : 'never';
    step += 1;
    return 'late';
  };

  for (const heard of rehearsal.heard) {
    if (heard.kind === 'reply') {
      // Nobody waits for it: a unit keeps it as a note, and tells nothing.
      if (!stage.do('reply')) continue;
      if (pause() === 'until-reply') step += 1;
    } else {
      // A unit takes a request in before it hears what the force says of it.
      stage.queue();
      if (pause() === 'until-change') {
        step += 1;
        while (playOne());
      }
      stage.settle(heard);
      // Back in the queue, it goes through what followed there once more.
      if (heard.kind === 'reopen' && !stage.isOver) step = behindQueue;
      else if (!stage.isOver) continue;
    }
    next = ahead();
  }
  if (rehearsal.stepDue && !stage.isOver) {
    if (pause() !== 'long-wait') playOne();
    next = ahead();
  }
  return { changes: stage.changes, step, clocks: stage.clocks, next };
}

function linesOf(move: Move, type: RequestType): Line[] {
  const detail = DETAIL[move];
  switch (move) {
    case 'decide': {
      const answer = { answer: type.examples[0]?.answer ?? {} };
      if (type.decision === 'one-person') return [{ command: 'answer', detail: answer }];
      return [{ command: 'propose' }, { command: 'confirm', detail: answer }];
    }
    case 'milestones':
      return milestonesOf(type.clocks).map((milestone) => ({ command: 'milestone', detail: { milestone } }));
    case 'long-wait':
    case 'until-reply':
    case 'until-change':
      return [{ pause: move }];
    default:
      return [{ command: move, ...(detail && { detail }) }];
  }
}

/** What a sandbox says where staff would. */
const DETAIL: Partial<Record<Move, ChangeDetail>> = {
  ask: {
    question: 'A question of the sandbox: what else should be known? Reply, and the request is answered.',
  },
  hold: { reason: 'Held by the sandbox; it goes on by itself.' },
  return: { reason: 'Returned once by the sandbox; it is proposed again.' },
  decline: { reason: 'Declined by the sandbox.', belongsTo: 'Nobody: this is the sandbox' },
};
