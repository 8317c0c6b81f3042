import { OneOf, Text, Whole } from '#contracts';
import type { ClockDefinition } from '#requests';
import { defineUnit, requestType } from '#unit';

class DeskMove {
  @Text({ max: 80, title: 'Room', searched: 'words' }) room!: string;
  @Whole({ min: 1, max: 9, optional: true }) desks?: number;
}
class DeskMoved {
  @OneOf(['moved', 'left'], { title: 'Outcome', searched: 'code' }) outcome!: string;
}

const respond: ClockDefinition<DeskMove> = {
  name: 'respond',
  title: 'Respond',
  kind: 'elapsed-hours',
  amount: 4,
  pausable: true,
  metBy: 'claimed',
  source: '',
};
const unplug: ClockDefinition<DeskMove> = {
  name: 'unplug',
  title: 'Unplug',
  kind: 'elapsed-hours',
  // It is as long as the answer's clock, so the answer's clock decides the order of the queue.
  amount: 48,
  pausable: true,
  metBy: { milestone: 'unplugged' },
  source: '',
};
const finish: ClockDefinition<DeskMove> = {
  name: 'finish',
  title: 'Finish',
  kind: 'elapsed-hours',
  amount: 48,
  pausable: true,
  metBy: 'answered',
  source: '',
};
const examples = [{ payload: { room: 'B12', desks: 2 }, answer: { outcome: 'moved' } }];
const common = {
  version: 1,
  examples,
  lawEnforcement: false,
  risk: 1,
  subject: ({ room, desks }: DeskMove): (string | undefined)[] => [
    room,
    desks === undefined ? undefined : `${desks} desks`,
  ],
};

/** An invented unit with one request type for each decision mode. The tests of the unit library run on it. */
export const deskMoves = defineUnit({
  slug: 'desk-moves',
  functionId: 'F3',
  title: 'Desk moves',
  referencePrefix: 'DSK',
  requestTypes: [
    requestType(DeskMove, DeskMoved, {
      ...common,
      name: 'desk-move',
      title: 'Move a desk',
      decision: 'one-person',
      clocks: [respond, unplug, finish],
    }),
    requestType(DeskMove, DeskMoved, {
      ...common,
      name: 'desk-purchase',
      title: 'Buy a desk',
      decision: 'second-person',
      clocks: [unplug, finish],
    }),
    requestType(DeskMove, DeskMoved, {
      ...common,
      name: 'desk-seizure',
      title: 'Seize a desk',
      decision: 'second-person-delegated',
      lawEnforcement: true,
      risk: ({ desks }) => desks ?? 1,
      clocks: [{ ...finish, pausable: false }],
    }),
  ],
});
