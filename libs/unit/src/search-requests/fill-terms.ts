import { Database, PostgresDeadLetters, type PoolClient } from '#persistence';
import type { UnitDefinition } from '../unit-definition.ts';
import { UnitRuntime } from '../unit-runtime.ts';
import { END_FILL, FIND_UNFILLED_FORCE, MOVE_FILL, NEXT_TO_FILL } from './fill-terms.sql.ts';
import { insertTerms } from './keep-terms.ts';
import { readTerms } from './read-terms.ts';

interface UnfilledForce {
  readonly force: string;
  readonly filledFrom: string;
}

/**
 * Gives the requests that were stored before search existed their terms, as the migration role and after the
 * migration. Each batch commits alone and newest first, so the service may run meanwhile, and a fill that was
 * stopped goes on where it was.
 */
export async function fillSearchTerms(definition: UnitDefinition, migrationUrl: string): Promise<void> {
  const database = await Database.open({
    url: migrationUrl,
    applicationName: `${definition.slug}-migrate`,
    poolMax: 1,
  });
  try {
    const deadLetters = new PostgresDeadLetters(database, []);
    const unit = new UnitRuntime(definition, { database, deadLetters, forces: [] });
    let next: UnfilledForce | undefined;
    while ((next = await unfilledForce(database))) {
      const { force, filledFrom } = next;
      await database.transaction([force], (client) => fillBatch(client, unit, force, filledFrom));
    }
  } finally {
    await database.close();
  }
}

function unfilledForce(database: Database): Promise<UnfilledForce | undefined> {
  return database.transaction(
    [],
    async (client) => (await client.query<UnfilledForce>(FIND_UNFILLED_FORCE)).rows[0],
  );
}

async function fillBatch(
  client: PoolClient,
  unit: UnitRuntime,
  force: string,
  filledFrom: string,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>({
    name: 'next-to-fill',
    text: NEXT_TO_FILL,
    values: [force, filledFrom],
  });
  const last = rows.at(-1);
  if (last === undefined) {
    await client.query(END_FILL, [force]);
    return;
  }
  const terms = await readTerms(
    client,
    unit,
    [force],
    rows.map(({ id }) => id),
  );
  await insertTerms(
    client,
    [...terms].map(([id, all]) => ({ force, id, terms: all })),
  );
  await client.query(MOVE_FILL, [force, last.id]);
}
