import pg from 'pg';
import { newId, type Force } from '#kernel';
import type { Delivery } from '#messaging';
import { Database, PostgresDeadLetters } from '#persistence';
import { arriveBatch, unitMigrations, UnitRuntime, type RequestType, type UnitDefinition } from '#unit';
import { createServiceDatabase } from './service-database.ts';

export interface Arriving {
  readonly force: string;
  readonly type: RequestType;
  readonly requestId?: string;
  readonly receivedAt?: Date;
  /** The payload of the type's first example if left out. */
  readonly payload?: object;
  readonly forceReference?: string;
}

/** A unit on a real database without Kafka or HTTP, for tests of what PostgreSQL decides alone. */
export class UnitAtRest {
  private offset = 0;

  private constructor(
    readonly unit: UnitRuntime,
    readonly forces: readonly string[],
    /** Connection string of the role that migrates. */
    readonly ownerUrl: string,
    private readonly everything: pg.Client,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(definition: UnitDefinition, forces: readonly string[]): Promise<UnitAtRest> {
    const created = await createServiceDatabase({
      service: definition.slug,
      migrations: unitMigrations(definition),
    });
    const database = await Database.open({ url: created.appUrl, applicationName: definition.slug });
    const served: Force[] = forces.map((slug, index) => ({
      slug,
      name: slug,
      code: String(91 + index),
      sandbox: false,
    }));
    const unit = new UnitRuntime(definition, {
      database,
      deadLetters: new PostgresDeadLetters(database, forces),
      forces: served,
    });
    const everything = new pg.Client({ connectionString: created.superUrl });
    await everything.connect();
    return new UnitAtRest(unit, forces, created.ownerUrl, everything, async () => {
      await everything.end();
      await database.close();
      await created.drop();
    });
  }

  /** A connection as superuser, which row security does not bind. */
  async rows(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return (await this.everything.query<Record<string, unknown>>(sql, [...values])).rows;
  }

  /** Takes requests as one batch of the consumer; returns their ids. */
  async arrive(...arriving: readonly Arriving[]): Promise<string[]> {
    const deliveries = arriving.map((one) => this.delivery(one));
    await arriveBatch(this.unit, deliveries);
    return deliveries.map(({ envelope }) => envelope.subject as string);
  }

  /** Makes a message of the unit’s topic in the shape that the consumer passes on. */
  delivery({ force, type, requestId = newId(), receivedAt = new Date(), ...sent }: Arriving): Delivery {
    const value = {
      requestId,
      type: type.name,
      version: type.version,
      forceReference: sent.forceReference ?? `REF-${requestId}`,
      payload: sent.payload ?? type.examples[0]?.payload ?? {},
      receivedAt: receivedAt.toISOString(),
      channel: 'rest',
      submittedBy: `force-${force}`,
      agreementId: 'agreement-for-tests',
    };
    const envelope = {
      id: newId(),
      source: '/intake',
      type: 'concordat.request-submitted.v1',
      time: receivedAt.toISOString(),
      subject: requestId,
      owningForce: force,
      value,
    };
    this.offset += 1;
    const place = {
      topic: 'unit.at-rest.requests.v1',
      partition: 0,
      offset: String(this.offset),
      timestamp: '0',
    };
    return {
      envelope,
      message: {
        ...place,
        key: requestId,
        headers: {},
        value: Buffer.from('{}'),
        rawKey: null,
        rawHeaders: [],
      },
    };
  }
}
