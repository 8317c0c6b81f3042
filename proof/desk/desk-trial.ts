import { randomInt, randomUUID } from 'node:crypto';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { eventually } from '#testing';
import { loadUnitDefinitions, type RequestType, type UnitDefinition } from '#unit';
import { expectStatus, ForceSide } from '../outside/force-side.ts';
import { RunningSystem } from '../outside/running-system.ts';
import { signIn, startBrowser, visit, type Visit } from './browser.ts';

/** A request that a force submitted and that waits in its unit's queue. */
export interface Arrived {
  readonly id: string;
  readonly unit: string;
  readonly force: string;
  /** The unit's reference. */
  readonly reference: string;
  /** The force's own reference. */
  readonly theirs: string;
  readonly path: string;
  readonly type: RequestType;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface SampleRequest {
  readonly type: string;
  readonly force?: string;
  /** Replaces fields of the type's first example. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** The running system as the tests of the desk use it: forces that submit, and people with browsers. */
export class DeskTrial {
  readonly system = new RunningSystem();
  private readonly sides = new Map<string, ForceSide>();
  private readonly visits: Visit[] = [];
  private started: Promise<Browser> | undefined;

  private constructor(private readonly definitions: readonly UnitDefinition[]) {}

  static async start(): Promise<DeskTrial> {
    const trial = new DeskTrial(await loadUnitDefinitions(new RunningSystem().units));
    await trial.system.untilReady();
    return trial;
  }

  get origin(): string {
    return this.system.run().urls.desk;
  }

  /** The first force of the system, and another. */
  get forces(): readonly [string, string] {
    return this.system.forces as [string, string];
  }

  side(force: string): ForceSide {
    const side = this.sides.get(force) ?? new ForceSide(force, this.system);
    this.sides.set(force, side);
    return side;
  }

  /** The request type with this name, as its unit declares it. */
  typeOf(name: string): RequestType {
    const type = this.definitions
      .flatMap(({ requestTypes }) => requestTypes)
      .find((one) => one.name === name);
    if (!type) throw new Error(`no unit declares ${name}`);
    return type;
  }

  /** Submits a request and returns it when its unit has it. */
  async submit({ type: name, force = this.forces[0], payload = {} }: SampleRequest): Promise<Arrived> {
    const unit = this.definitions.find(({ requestTypes }) => requestTypes.some((one) => one.name === name));
    const type = this.typeOf(name);
    const [example] = type.examples;
    if (!unit || !example) throw new Error(`no unit declares ${name}`);
    const whole = { ...example.payload, ...payload };
    const theirs = `desk-${randomUUID()}`;
    expectStatus(201, await this.side(force).submit({ type: name, reference: theirs, payload: whole }));
    const { id } = await eventually(
      async () => {
        const seen = await this.side(force).find(theirs);
        return seen?.state === 'queued' && seen;
      },
      { withinMs: 60_000, says: `${theirs} in the queue` },
    );
    const read = await this.system.staff(unit.slug, 'supervisor').call(`/v1/requests/${id}`);
    const { unitReference: reference } = expectStatus(200, read).body as { unitReference: string };
    const path = `/requests/${unit.slug}/${reference}`;
    return { id, unit: unit.slug, force, reference, theirs, path, type, payload: whole };
  }

  /** Declines everything that earlier tests left in a queue, so that the next request is a known one. */
  async emptyQueue(unit: string): Promise<void> {
    const staff = this.system.person(unit, 'caseworker-2');
    for (let task = await staff.next(); task; task = await staff.next())
      await staff.act(task, 'decline', { reason: 'Left by an earlier test.', belongsTo: 'nobody' });
  }

  /** Opens a browser profile in which a person is signed in. */
  async as(
    subject: string,
    { to, ...options }: BrowserContextOptions & { to?: string } = {},
  ): Promise<Visit> {
    const opened = await this.anybody(options);
    await signIn(opened.page, subject, to);
    return opened;
  }

  /** Opens a browser profile in which nobody is signed in. */
  async anybody(options: BrowserContextOptions = {}): Promise<Visit> {
    this.started ??= startBrowser();
    const opened = await visit(await this.started, this.origin, { reducedMotion: 'reduce', ...options });
    this.visits.push(opened);
    return opened;
  }

  /** Closes the browser profiles that are open. */
  async closeVisits(): Promise<void> {
    await Promise.all(this.visits.splice(0).map((one) => one.close()));
  }

  async stop(): Promise<void> {
    await this.closeVisits();
    await (await this.started)?.close();
    await Promise.all([...this.sides.values()].map((side) => side.close()));
    this.system.close();
  }
}

const LETTERS = 'ABCDEFGHJKLMNOPRSTUVWXY';
const letter = (): string => LETTERS.charAt(randomInt(LETTERS.length));

/** A registration mark that no earlier test has used, so that its vehicle has no history. */
export function newMark(): string {
  return `${letter()}${letter()}${randomInt(10, 80)}${letter()}${letter()}${letter()}`;
}
