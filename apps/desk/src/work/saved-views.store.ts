import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel';
import { Database } from '#persistence';
import { DELETE_VIEW, INSERT_VIEW, VIEWS } from './saved-views.sql.ts';

/** A list that a person saved: a name for an address. */
export interface SavedView {
  readonly id: string;
  /** Null for the person's own; else every member of the unit sees it. */
  readonly unit: string | null;
  readonly name: string;
  readonly query: string;
  readonly own: boolean;
}

@Injectable()
export class SavedViews {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The person's own views, and those of the units, by name. */
  async of(person: string, units: readonly string[]): Promise<SavedView[]> {
    return this.database.transaction([], async (client) => {
      const { rows } = await client.query<SavedView>({
        name: 'views',
        text: VIEWS,
        values: [person, units],
      });
      return rows;
    });
  }

  async add(person: string, view: Pick<SavedView, 'unit' | 'name' | 'query'>): Promise<void> {
    await this.database.transaction([], (client) =>
      client.query({
        name: 'insert-view',
        text: INSERT_VIEW,
        values: [newId(), person, view.unit, view.name, view.query],
      }),
    );
  }

  /** Removes a view that the person saved; another person's is left alone. */
  async remove(person: string, id: string): Promise<void> {
    await this.database.transaction([], (client) =>
      client.query({ name: 'delete-view', text: DELETE_VIEW, values: [person, id] }),
    );
  }
}
