import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { ENTER, OTHERS } from './presence.sql.ts';

/** The page renews its presence more often than this while it is open. */
const SEEN_FOR_SECONDS = 45;

/**
 * The people who look at a request at the moment. Nobody is locked out: a conflict is shown when it happens.
 */
@Injectable()
export class Presence {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Notes that a person looks at a request, and returns the names of the others who do. */
  async enter(unit: string, requestId: string, person: string, name: string): Promise<string[]> {
    const [, { rows }] = await this.database.transaction([], (client) =>
      Promise.all([
        client.query({ name: 'enter', text: ENTER, values: [unit, requestId, person, name] }),
        client.query<{ name: string }>({
          name: 'others',
          text: OTHERS,
          values: [unit, requestId, person, SEEN_FOR_SECONDS],
        }),
      ]),
    );
    return rows.map((row) => row.name);
  }
}
