import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { PREFERENCES, SAVE_PREFERENCES } from './preferences.sql.ts';

/** The settings that people choose for themselves. */
@Injectable()
export class Preferences {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** True unless the person switched the keyboard shortcuts off. */
  async keyboardOf(person: string): Promise<boolean> {
    const { rows } = await this.database.statement<{ keyboard: boolean }>({
      name: 'preferences',
      text: PREFERENCES,
      values: [person],
    });
    return rows[0]?.keyboard ?? true;
  }

  async save(person: string, keyboard: boolean): Promise<void> {
    const values = [person, keyboard];
    await this.database.statement({ name: 'save-preferences', text: SAVE_PREFERENCES, values });
  }
}
