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

/** A person saves at most this many, so that the rail stays readable. */
export const VIEWS_MAX = 30;

@Injectable()
export class SavedViews {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The person's own views, and those of the units, by name. */
  async of(person: string, units: readonly string[]): Promise<SavedView[]> {
    const values = [person, units];
    const { rows } = await this.database.statement<SavedView>({ name: 'views', text: VIEWS, values });
    return rows;
  }

  /** Returns false, and saves nothing, if the person has as many views as the limit. */
  async add(person: string, view: Pick<SavedView, 'unit' | 'name' | 'query'>): Promise<boolean> {
    const { rowCount } = await this.database.statement({
      name: 'insert-view',
      text: INSERT_VIEW,
      values: [newId(), person, view.unit, view.name, view.query, VIEWS_MAX],
    });
    return rowCount === 1;
  }

  /** Removes a view of the person, or of a unit that the person manages. Returns false if there is none. */
  async remove(person: string, managed: readonly string[], id: string): Promise<boolean> {
    const { rowCount } = await this.database.statement({
      name: 'delete-view',
      text: DELETE_VIEW,
      values: [person, managed, id],
    });
    return rowCount === 1;
  }
}
