import { expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { Database, migrate } from '#persistence';
import { createServiceDatabase } from '#testing';
import { unitMigrations } from '#unit';
import unit from '../fleet.unit.ts';
import { readOdometer } from './odometer.readings.ts';

const FORCE = 'bedfordshire';
const VRM = 'OD21AAA';

it('removes the limit that a claim set on a vehicle in an earlier release, and keeps every reading', async () => {
  const migrations = unitMigrations(unit);
  const before = migrations.filter(({ name }) => !name.endsWith('003-odometer-corrections'));
  const created = await createServiceDatabase({ service: unit.slug, migrations: before });
  const earlier = await Database.open({ url: created.appUrl, applicationName: 'test' });
  await earlier.transaction([FORCE], async (client) => {
    await client.query(`insert into vehicle (owning_force, vrm, odometer_miles) values ($1, $2, 482100)`, [
      FORCE,
      VRM,
    ]);
    for (const [taken, miles] of [
      ['on-arrival', 48_000],
      ['when-finished', 48_100],
      ['on-arrival', 482_100],
    ] as const) {
      await client.query(
        `insert into odometer_reading (owning_force, request_id, taken, vrm, miles, disputed, read_at)
         values ($1, $2, $3, $4, $5, false, clock_timestamp())`,
        [FORCE, newId(), taken, VRM, miles],
      );
    }
  });
  await earlier.close();
  await migrate(created.ownerUrl, migrations, new URL(created.appUrl).username);
  const database = await Database.open({ url: created.appUrl, applicationName: 'test' });
  const odometer = await database.transaction([FORCE], (client) =>
    readOdometer(client, { force: FORCE, vrm: VRM }, 10),
  );
  const unseen = await database.transaction(['hertfordshire'], (client) =>
    readOdometer(client, { force: FORCE, vrm: VRM }, 10),
  );
  await database.close();
  await created.drop();
  expect(odometer).toMatchObject({
    odometerMiles: 48_100,
    odometerConfirmed: true,
    readings: [
      { miles: 482_100, disputed: false },
      { miles: 48_100, disputed: false },
      { miles: 48_000, disputed: false },
    ],
  });
  expect(unseen).toMatchObject({ odometerMiles: null, readings: [] });
});
