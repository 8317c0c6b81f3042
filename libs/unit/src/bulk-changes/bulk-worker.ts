import { Logger } from '@nestjs/common';
import { BackgroundLoop } from '#kernel';
import type { PoolClient } from '#persistence';
import type { StaffCaller, StaffRole } from '#web';
import { changeRequests, type ChangeOutcome, type WantedChange } from '../change-request/change-request.ts';
import type { UnitRuntime } from '../unit-runtime.ts';
import type { BulkCommand } from './bulk-changes.ts';
import { FINISH_BULK, KEEP_RESULTS, NEXT_ITEMS, RUNNING_BULKS } from './bulk-changes.sql.ts';

/** Items of one transaction. Their rows are locked for as long, so other people wait at most for these. */
const ITEMS_AT_ONCE = 50;
/** A bulk change that another process began, and that ended with that process, is found in this time. */
const LOOK_EVERY_MS = 30_000;

const RETRY_MS = 1_000;

interface RunningBulk {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly forces: readonly string[];
  readonly command: BulkCommand;
  readonly body: unknown;
}

interface Item {
  readonly force: string;
  readonly place: number;
  readonly requestId: string;
  readonly version: number;
}

/**
 * Gives the commands of bulk changes, a few items of each in turn. A change and its result are written in one
 * transaction, so each item is done once, also when the process ends meanwhile.
 */
export class BulkWorker {
  private readonly log = new Logger('bulk-changes');
  private readonly loop = new BackgroundLoop({
    turn: async () => ((await this.work()) ? 0 : LOOK_EVERY_MS),
    failed: (error) => {
      this.log.warn('a bulk change waits', { reason: String(error) });
      return RETRY_MS;
    },
  });

  constructor(private readonly unit: UnitRuntime) {}

  start(): void {
    this.loop.start();
  }

  /** A bulk change was started. */
  nudge(): void {
    this.loop.nudge();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Works on some items of each bulk change. Returns false if none runs. */
  async work(): Promise<boolean> {
    const { rows } = await this.unit.database.statement<RunningBulk>({
      name: 'running-bulks',
      text: RUNNING_BULKS,
    });
    for (const bulk of rows) {
      if (this.loop.isStopping) break;
      await this.workOn(bulk);
    }
    return rows.length > 0;
  }

  private async workOn(bulk: RunningBulk): Promise<void> {
    const { id, person, name, role, command, body } = bulk;
    const unit = this.unit.definition.slug;
    const caller: StaffCaller = { kind: 'staff', person, name, unit, role, forces: bulk.forces };
    const forces = this.unit.forcesOf(caller);
    const items = await this.unit.database.transaction(forces, (client) => nextItems(client, forces, id));
    if (items.length === 0) {
      await this.unit.database.transaction(forces, (client) =>
        client.query({ name: 'finish-bulk', text: FINISH_BULK, values: [forces, id] }),
      );
      return;
    }
    const placeOf = new Map(items.map((item) => [item.requestId, item]));
    const wanted = items.map(({ requestId, version }): WantedChange => ({
      reference: requestId,
      command,
      version,
      body,
    }));
    const kept = new Set<string>();
    const keep = async (
      client: PoolClient,
      some: readonly WantedChange[],
      outcomes: readonly ChangeOutcome[],
    ): Promise<void> => {
      const results = some.map(({ reference }, n) => resultOf(placeOf.get(reference), outcomes[n]));
      await client.query({ name: 'keep-results', text: KEEP_RESULTS, values: [id, JSON.stringify(results)] });
      some.forEach(({ reference }) => kept.add(reference));
    };
    const outcomes = await changeRequests(this.unit, caller, wanted, keep);
    // A change that cannot be published ended its own transaction, and its result with it.
    const left = wanted.flatMap((one, n) => (kept.has(one.reference) ? [] : [{ one, outcome: outcomes[n] }]));
    if (left.length > 0)
      await this.unit.database.transaction(forces, (client) =>
        keep(
          client,
          left.map(({ one }) => one),
          left.flatMap(({ outcome }) => (outcome ? [outcome] : [])),
        ),
      );
  }
}

async function nextItems(client: PoolClient, forces: readonly string[], id: string): Promise<Item[]> {
  const values = [forces, id, ITEMS_AT_ONCE];
  return (await client.query<Item>({ name: 'next-items', text: NEXT_ITEMS, values })).rows;
}

function resultOf(item: Item | undefined, outcome: ChangeOutcome | undefined): object {
  const problem = outcome?.refusal?.problem;
  return {
    force: item?.force,
    place: item?.place,
    status: problem?.status ?? 200,
    reason: problem?.detail ?? null,
  };
}
