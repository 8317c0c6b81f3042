import { Inject, Injectable } from '@nestjs/common';
import { newId } from '#kernel';
import { Database } from '#persistence';
import { DELETE_TEXT, SAVE_TEXT, TEXTS } from './canned-texts.sql.ts';
import { fillIn, type Placeholder } from './placeholders.ts';

/** A text that the staff of a unit use again and again. */
export interface CannedText {
  readonly id: string;
  readonly unit: string;
  readonly title: string;
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: Date;
}

@Injectable()
export class CannedTexts {
  constructor(@Inject(Database) private readonly database: Database) {}

  async of(units: readonly string[]): Promise<CannedText[]> {
    const { rows } = await this.database.statement<CannedText>({
      name: 'texts',
      text: TEXTS,
      values: [units],
    });
    return rows;
  }

  /** Saves a text; one with the same title replaces the earlier one. */
  async save(text: Pick<CannedText, 'unit' | 'title' | 'text' | 'changedBy'>): Promise<void> {
    await this.database.statement({
      name: 'save-text',
      text: SAVE_TEXT,
      values: [newId(), text.unit, text.title, text.text, text.changedBy],
    });
  }

  async remove(unit: string, id: string): Promise<void> {
    await this.database.statement({ name: 'delete-text', text: DELETE_TEXT, values: [unit, id] });
  }

  /** The texts of a unit with their placeholders filled in. */
  async filledIn(
    unit: string,
    values: Readonly<Record<Placeholder, string>>,
  ): Promise<{ readonly title: string; readonly text: string }[]> {
    return (await this.of([unit])).map(({ title, text }) => ({ title, text: fillIn(text, values) }));
  }
}
