import type { Envelope, RequestChanged } from '#contracts';
import { milestonesOf, type ClockState, type Command } from '#requests';
import type { ChangeDetail, RequestType } from '#unit';
import type { Rehearsal } from './rehearsal.ts';
import type { Move, Pause, Scenario } from './scenarios.ts';
import { Stage } from './stage.ts';

export interface SandboxStep {
  readonly changes: readonly Envelope<RequestChanged>[];
  readonly step: number;
  readonly clocks: readonly ClockState[];
  /**
   * When the next line is due: `never` while the script waits for the force and at its end, `as-before` if
   * none was played.
   */
  readonly next: 'soon' | 'late' | 'never' | 'as-before';
}

/** One line of a script, for one request type. */
type Line =
  { readonly command: Command | 'queue'; readonly detail?: ChangeDetail } | { readonly pause: Pause };

/** Answers the new messages of the force, then plays the next line that is due. */
export function play(rehearsal: Rehearsal, { script }: Scenario, type: RequestType): SandboxStep {
  const lines = script.flatMap((move) => linesOf(move, type));
  const afterQueue = lines.findIndex((line) => 'command' in line && line.command === 'queue') + 1;
  const stage = new Stage(rehearsal, type);
  let { step } = rehearsal;
  let next: SandboxStep['next'] = 'as-before';
  const pause = (): Pause | undefined => {
    const line = lines[step];
    return line && 'pause' in line ? line.pause : undefined;
  };
  /** Plays the next line that can be played; false where the script pauses or ends. */
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
  const nextDue = (): SandboxStep['next'] => {
    if (stage.isOver || step >= lines.length) return 'never';
    if (pause() !== 'long-wait') return pause() === undefined ? 'soon' : 'never';
    step += 1;
    return 'late';
  };

  for (const message of rehearsal.heard) {
    if (message.kind === 'reply') {
      // If no question is open, a unit keeps the reply as a note and publishes nothing.
      if (!stage.do('reply')) continue;
      if (pause() === 'until-reply') step += 1;
    } else {
      // A unit has a request in its queue before it reads a message about it.
      stage.queue();
      if (pause() === 'until-change') {
        step += 1;
        while (playOne());
      }
      stage.settle(message);
      // A reopened request is back in the queue and repeats the lines that follow the queue.
      if (message.kind === 'reopen' && !stage.isOver) step = afterQueue;
      else if (!stage.isOver) continue;
    }
    next = nextDue();
  }
  if (rehearsal.stepDue && !stage.isOver) {
    if (pause() !== 'long-wait') playOne();
    next = nextDue();
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

/** The texts that the sandbox sends in place of staff. */
const DETAIL: Partial<Record<Move, ChangeDetail>> = {
  ask: {
    question:
      'A question of the sandbox: what else should the unit know? Reply to it, and the request is answered.',
  },
  hold: { reason: 'Held by the sandbox. It is resumed by itself.' },
  return: { reason: 'Returned once by the sandbox. It is proposed again.' },
  decline: { reason: 'Declined by the sandbox.', belongsTo: 'Nowhere: this is the sandbox' },
};
