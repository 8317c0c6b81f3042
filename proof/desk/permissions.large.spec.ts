import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningSystem } from '../outside/running-system.ts';
import { DeskTrial, newMark, type Arrived } from './desk-trial.ts';
import { PlainVisit } from '../../deploy/local/plain-visit.ts';

const COMMANDS = [
  ...['claim', 'assign', 'release', 'hold', 'resume', 'ask', 'withdraw-question', 'milestone', 'note'],
  ...['answer', 'propose', 'confirm', 'return', 'decline'],
];
/** The commands that a role may give for a request in the queue, from the description of its life. */
const MAY_IN_QUEUE: Readonly<Record<string, readonly string[]>> = {
  caseworker: ['claim', 'note'],
  supervisor: ['claim', 'note', 'assign'],
  'decision-maker': ['note'],
  auditor: [],
  administrator: [],
};
/** The page that comes back after a refusal has a list beside the request; this one has no rows. */
const SHORT_LIST = '?who=me&force=no-such-force';
/** The least that a command needs in its form. */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  assign: { 'field/assignee': 'nobody-at-all' },
  note: { 'field/text': 'A note.' },
};

let trial: DeskTrial;
const requests = new Map<string, Arrived>();
const visits = new Map<string, Promise<PlainVisit>>();
const mark = newMark();

/** A signed-in person; each signs in once. */
function as(subject: string): Promise<PlainVisit> {
  const known = visits.get(subject) ?? signedIn(subject);
  visits.set(subject, known);
  return known;
}

async function signedIn(subject: string): Promise<PlainVisit> {
  const visit = new PlainVisit(trial.origin);
  expect((await visit.signIn(subject)).status).toBe(200);
  return visit;
}

/** Everything by which a request could be recognised on a page. */
const tracesOf = ({ reference, theirs, id }: Arrived): string[] => [reference, theirs, id];

beforeAll(async () => {
  trial = await DeskTrial.start();
  for (const [type, unit] of [
    ['vehicle-repair', 'fleet'],
    ['fault-repair', 'estates'],
    ['advice', 'legal'],
    ['certificate-variation', 'firearms-licensing'],
    ['crime-report', 'crime-recording'],
  ] as const)
    requests.set(unit, await trial.submit({ type, payload: type === 'vehicle-repair' ? { vrm: mark } : {} }));
});
afterAll(() => trial.stop());

/** The posts of each unit; `run.json` has them before a test begins. */
const staff = Object.entries(new RunningSystem().run().people ?? {}).flatMap(([subject, { roles }]) =>
  // The second caseworker of a unit has the same rights as the first.
  roles.length === 1 && !subject.endsWith('-2')
    ? roles.map(({ unit, role }) => ({ subject, unit, role }))
    : [],
);
const outsiders = Object.entries(new RunningSystem().run().people ?? {}).flatMap(([subject, { roles }]) =>
  roles.length === 0 ? [{ subject }] : [],
);

describe('the desk without a sign-in', () => {
  it('sends every page to the sign-in and shows nothing of a request', async () => {
    for (const path of pagesFor(requests.get('fleet') as Arrived)) {
      const visit = new PlainVisit(trial.origin);
      const answer = await visit.get(path);
      expect([path, answer.status, answer.location?.pathname]).toEqual([path, 303, '/sign-in']);
      expect(answer.text).toBe('');
    }
  });

  it('changes nothing and gives no reason to guess', async () => {
    const { path } = requests.get('fleet') as Arrived;
    for (const command of COMMANDS)
      expect((await new PlainVisit(trial.origin).post(`${path}/${command}`, {})).status).toBe(403);
  });
});

describe.each(staff)('$subject', ({ subject, unit, role }) => {
  it('sees the request of the own unit, and of the others nothing in pages, lists, counts, search and streams', async () => {
    const visit = await as(subject);
    const own = requests.get(unit) as Arrived;
    const others = [...requests.values()].filter((request) => request !== own);
    expect((await visit.get(own.path)).status).toBe(200);
    const lists = await Promise.all(
      ['', ...others.map(({ unit: of, type }) => `&unit=${of}&type=${type.name}`)].map(
        async (list) => (await visit.get(`/work?who=all&sort=newest${list}`)).text,
      ),
    );
    expect(lists[0]).toContain(own.reference);
    const unknown = await visit.get(`/requests/${unit}/NONE-26-000000`);
    await Promise.all(
      others.map(async (request) => {
        const { reference } = request;
        const page = await visit.get(request.path);
        expect([request.unit, page.status]).toEqual([request.unit, 404]);
        const noUnit = await visit.get(`/requests/no-such-unit/${reference}`);
        for (const other of [page, noUnit])
          expect(withoutSecrets(other.text)).toBe(withoutSecrets(unknown.text));
        expect((await visit.get(`/live?request=${request.unit}/${reference}`)).status).toBe(404);
        expect((await visit.get(`/search?q=${request.theirs}`)).text).toContain('Nothing found');
        for (const trace of tracesOf(request)) for (const list of lists) expect(list).not.toContain(trace);
      }),
    );
  });

  it('gives the commands of the role, and every other is refused', async () => {
    const visit = await as(subject);
    const _csrf = await visit.csrf();
    const give = async ({ path }: Arrived, command: string): Promise<number> =>
      (await visit.post(`${path}/${command}${SHORT_LIST}`, { ...FORMS[command], _csrf })).status;
    const own = requests.get(unit) as Arrived;
    const page = (await visit.get(own.path)).text;
    for (const command of COMMANDS) {
      const may = (MAY_IN_QUEUE[role] ?? []).includes(command);
      expect([command, offers(page, own, command)]).toEqual([command, may]);
      // A claim would change the request for the next person.
      if (may && command === 'claim') continue;
      const status = await give(own, command);
      const expected = may ? [303, 422, 400] : [400, 403, 409];
      expect([command, expected.includes(status), status]).toEqual([command, true, status]);
    }
    await Promise.all(
      [...requests.values()].map(async (request) => {
        if (request === own) return;
        for (const command of COMMANDS)
          expect([command, await give(request, command)]).toEqual([command, 404]);
      }),
    );
  });

  it('sees the team and the quality checks if the role leads or audits, and draws and records only if it leads', async () => {
    const visit = await as(subject);
    const sees = ['supervisor', 'auditor'].includes(role);
    for (const path of ['/team', '/quality']) {
      const { status, text } = await visit.get(path);
      expect([path, status]).toEqual([path, sees ? 200 : 404]);
      expect(text.includes('href="/team"')).toBe(sees);
      for (const request of requests.values())
        if (request.unit !== unit) for (const trace of tracesOf(request)) expect(text).not.toContain(trace);
    }
    expect((await visit.get('/help')).text.includes('href="/team"')).toBe(sees);
    const leads = role === 'supervisor';
    for (const other of requests.keys()) {
      const own = other === unit && leads;
      const drawn = await visit.postForm('/quality/draw', { kind: `${other}/`, count: '0' });
      expect([other, drawn.status]).toEqual([other, own ? 400 : 404]);
      const recorded = await visit.postForm(`/quality/${other}/${randomUUID()}`, { outcome: 'sound' });
      expect([other, recorded.status]).toEqual([other, 404]);
    }
  });

  it('changes the ready-made texts of the own unit only with the right role, and no saved list of another', async () => {
    const visit = await as(subject);
    const may = ['supervisor', 'administrator'].includes(role);
    const title = `Permission ${randomUUID()}`;
    for (const other of requests.keys()) {
      const own = other === unit;
      const saved = await visit.postForm('/texts', { unit: other, title, text: 'Text' });
      expect([other, saved.status]).toEqual([other, own && may ? 303 : 404]);
      const removed = await visit.postForm(`/texts/${other}/${randomUUID()}/delete`);
      expect([other, removed.status]).toEqual([other, own && may ? 303 : 404]);
      const view = await visit.postForm('/views', {
        name: `For ${other} ${subject}`,
        unit: other,
        query: '',
      });
      expect([other, view.status]).toEqual([other, own ? 303 : 404]);
    }
    for (const { unit: other, text } of await textsShown(visit)) expect([other, text]).toEqual([unit, text]);
  });
});

describe.each(outsiders)('$subject, who has no role at a unit', ({ subject }) => {
  it('finds nothing and may do nothing', async () => {
    const visit = await as(subject);
    for (const request of requests.values()) {
      expect((await visit.get(request.path)).status).toBe(404);
      for (const command of COMMANDS)
        expect((await visit.postForm(`${request.path}/${command}`)).status).toBe(404);
    }
    for (const path of ['/team', '/quality']) expect((await visit.get(path)).status).toBe(404);
    const { text } = await visit.get('/work?who=all');
    expect(text).toContain('You have no unit yet');
    expect(await textsShown(visit)).toEqual([]);
  });
});

describe('a person of one force', () => {
  it('finds nothing of the other forces at the same unit: not in pages, lists, counts, search or presence', async () => {
    const [first, second] = trial.forces;
    const subject = 'fleet.one-force';
    const visit = await as(subject);
    const own = await trial.submit({ type: 'vehicle-repair', force: first, payload: { vrm: newMark() } });
    const strange = await trial.submit({
      type: 'vehicle-repair',
      force: second,
      payload: { vrm: newMark() },
    });
    expect((await visit.get(own.path)).status).toBe(200);
    expect((await visit.get(strange.path)).status).toBe(404);
    expect((await visit.get(`/live?request=fleet/${strange.reference}`)).status).toBe(404);
    const _csrf = await visit.csrf();
    for (const command of COMMANDS)
      expect((await visit.post(`${strange.path}/${command}`, { ...FORMS[command], _csrf })).status).toBe(404);
    for (const words of [strange.theirs, strange.reference, String(strange.payload['vrm'])])
      expect((await visit.get(`/search?q=${words}`)).text).toContain('Nothing found');
    for (const list of ['who=all', 'who=none&sort=newest', `who=all&force=${second}`]) {
      const { text } = await visit.get(`/work?${list}`);
      for (const trace of tracesOf(strange)) expect(text).not.toContain(trace);
    }
    const everybody = await countOf(await as('fleet.caseworker'));
    expect(await countOf(visit)).toBeLessThan(everybody);
    const before = await countOf(visit);
    await trial.submit({ type: 'vehicle-repair', force: second, payload: { vrm: newMark() } });
    expect(await countOf(visit)).toBe(before);
  });
});

/** The number that the rail shows for the whole unit. */
async function countOf(visit: PlainVisit): Promise<number> {
  const { text } = await visit.get('/work?who=all');
  return Number(/data-count="all">(\d+)</.exec(text)?.[1]);
}

function pagesFor({ path }: Arrived): string[] {
  return [
    '/',
    '/work',
    '/team',
    '/quality',
    '/search?q=a',
    '/texts',
    '/help',
    '/live',
    path,
    `${path}?do=answer`,
  ];
}

/** True if the page of a request has the button of a command. */
function offers(page: string, { path }: Arrived, command: string): boolean {
  return page.includes(`do=${command}#form`) || page.includes(`action="${path}/${command}"`);
}

/** A page without what differs at each reading. */
function withoutSecrets(page: string): string {
  return page.replaceAll(/(nonce|value|data-since)="[^"]*"/g, '$1').replaceAll(/data-count="[^"]*">\d+/g, '');
}

/** The ready-made texts that a person sees, with the unit under which they stand. */
async function textsShown(visit: PlainVisit): Promise<{ readonly unit: string; readonly text: string }[]> {
  const { text: page } = await visit.get('/texts');
  return page
    .split('aria-labelledby="unit-')
    .slice(1)
    .flatMap((part) =>
      [...part.matchAll(/summary-text">([^<]*)/g)].map(([, text = '']) => ({
        unit: part.slice(0, part.indexOf('"')),
        text,
      })),
    );
}
