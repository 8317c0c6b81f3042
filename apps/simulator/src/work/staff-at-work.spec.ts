import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { StaffClient, Task, TaskDetail } from '#client';
import type { InventedWork } from './invented-work.ts';
import { caseworkerTurn, DAILY_HABITS, decisionMakerTurn } from './staff-at-work.ts';

beforeEach(() => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const NEVER_RETURNS = { ...DAILY_HABITS, return: 0 };

/** A unit with these requests, and what the simulated person did there. */
function unitWith(requests: readonly Partial<TaskDetail>[]) {
  const did: string[] = [];
  const tasks = requests.map(
    (request, n) => ({ id: String(n), version: 1, type: 't', ...request }) as TaskDetail,
  );
  const person = {
    clientId: 'fleet.simulated-1',
    list: async ({ assignee, state }: { assignee?: string; state?: string }) => ({
      tasks: tasks.filter((task) => (assignee === 'me' ? false : task.state === state)),
      queued: tasks.filter((task) => task.state === 'queued').length,
    }),
    read: async (id: string) => tasks[Number(id)],
    next: async () => {
      did.push('next');
      return tasks[0];
    },
    act: async (task: Task, command: string) => {
      did.push(`${command} ${tasks[Number(task.id)]?.forceReference ?? ''}`);
      return task;
    },
  } as unknown as StaffClient;
  return { did, person };
}

const queued = (...references: readonly string[]) =>
  references.map((forceReference) => ({ forceReference, state: 'queued' as const }));
const work = {} as InventedWork;

describe('a simulated caseworker', () => {
  it('leaves a short queue of simulated requests to the people at the desk', async () => {
    const { did, person } = unitWith(queued('SIM-1', 'SIM-2', 'SIM-3'));
    await caseworkerTurn(person, work, DAILY_HABITS);
    expect(did).toEqual([]);
  });

  it('claims what a visitor sent, however short the queue is', async () => {
    const { did, person } = unitWith(queued('SIM-1', 'FIRST-1'));
    await caseworkerTurn(person, work, DAILY_HABITS);
    expect(did).toEqual(['claim FIRST-1']);
  });

  it('claims the most urgent request of a longer queue', async () => {
    const { did, person } = unitWith(queued('SIM-1', 'SIM-2', 'SIM-3', 'SIM-4', 'SIM-5', 'SIM-6', 'SIM-7'));
    await caseworkerTurn(person, work, DAILY_HABITS);
    expect(did).toEqual(['next']);
  });
});

describe('a simulated decision-maker', () => {
  const proposal = (forceReference: string, assignee: string) => ({
    ...{ forceReference, assignee, state: 'awaiting-decision' as const },
  });

  it('confirms proposals of simulated caseworkers only, and leaves the newest two', async () => {
    const { did, person } = unitWith([
      proposal('A', 'fleet.simulated-2'),
      proposal('B', 'fleet.caseworker'),
      proposal('C', 'fleet.simulated-1'),
      proposal('D', 'fleet.simulated-1'),
    ]);
    await decisionMakerTurn(person, NEVER_RETURNS);
    expect(did).toEqual(['confirm A']);
  });
});
