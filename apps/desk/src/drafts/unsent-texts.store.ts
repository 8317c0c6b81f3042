import { Inject, Injectable } from '@nestjs/common';
import { isUuid } from '#kernel';
import { Database } from '#persistence';
import type { DeskRequest } from '../session/session.ts';
import { OWNER_FIELD } from './form-owner.ts';
import { DESK_CONFIG, type DeskConfig } from '../desk.config.ts';
import {
  FORGET_EXCESS,
  FORGET_UNSENT,
  KEEP_UNSENT,
  REQUESTS_WITH_UNSENT,
  UNSENT_OF_REQUEST,
} from './unsent-texts.sql.ts';

/** The place of a text: one form of one person for one request. */
export interface UnsentPlace {
  readonly force: string;
  readonly unit: string;
  readonly requestId: string;
  readonly person: string;
  readonly command: string;
}

export type TypedFields = Readonly<Record<string, string | readonly string[]>>;

export interface UnsentText {
  readonly command: string;
  readonly fields: TypedFields;
  readonly typedAt: Date;
}

/** The form of a command, as its address names it. */
const COMMAND = /^[a-z-]{1,40}$/;
/** Larger forms do not exist; the unit's own limit for a body is lower than this. */
const FIELDS_BYTES_MAX = 256 * 1024;
/** The texts of one person for one force, the newest ones. */
const TEXTS_MAX = 100;

/** Keeps text that was typed into a form and not sent yet. It belongs to the force of its request. */
@Injectable()
export class UnsentTexts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DESK_CONFIG) private readonly config: DeskConfig,
  ) {}

  async keep(place: UnsentPlace, fields: TypedFields): Promise<void> {
    const text = JSON.stringify(fields);
    if (Buffer.byteLength(text) > FIELDS_BYTES_MAX) return;
    await this.database.transaction([place.force], (client) =>
      Promise.all([
        client.query({
          name: 'keep-unsent',
          text: KEEP_UNSENT,
          values: [place.force, place.unit, place.requestId, place.person, place.command, text],
        }),
        client.query({
          name: 'forget-excess',
          text: FORGET_EXCESS,
          values: [place.force, place.person, TEXTS_MAX - 1],
        }),
      ]),
    );
  }

  /**
   * Keeps the fields of a form that could not be sent, for the person of the session or for the one for whom
   * the form was made. Other posts are ignored.
   */
  async keepPosted(request: DeskRequest, person = request.session.person?.subject): Promise<void> {
    const { unit, command } = request.params as { readonly unit?: string; readonly command?: string };
    const {
      _csrf,
      [OWNER_FIELD]: _owner,
      _force: force,
      _id: requestId,
      ...fields
    } = (request.body ?? {}) as Record<string, string>;
    void [_csrf, _owner];
    if (unit === undefined || command === undefined || person === undefined || !COMMAND.test(command)) return;
    // Text of a force that does not exist would never be removed.
    if (!this.config.forces.some(({ slug }) => slug === force)) return;
    if (force === undefined || requestId === undefined || !isUuid(requestId)) return;
    await this.keep({ force, unit, requestId, person, command }, fields);
  }

  async of(place: Omit<UnsentPlace, 'command'>): Promise<UnsentText[]> {
    return this.database.transaction([place.force], async (client) => {
      const { rows } = await client.query<UnsentText>({
        name: 'unsent-of-request',
        text: UNSENT_OF_REQUEST,
        values: [place.force, place.unit, place.requestId, place.person],
      });
      return rows;
    });
  }

  /** The ids of the requests among these for which the person has unsent text, by one query. */
  async among(
    person: string,
    requests: readonly { readonly force: string; readonly unit: string; readonly id: string }[],
  ): Promise<ReadonlySet<string>> {
    if (requests.length === 0) return new Set();
    const forces = requests.map(({ force }) => force);
    return this.database.transaction([...new Set(forces)], async (client) => {
      const { rows } = await client.query<{ n: number }>({
        name: 'requests-with-unsent',
        text: REQUESTS_WITH_UNSENT,
        values: [person, forces, requests.map(({ unit }) => unit), requests.map(({ id }) => id)],
      });
      return new Set(rows.map(({ n }) => requests[n - 1]?.id ?? ''));
    });
  }

  async forget(place: UnsentPlace): Promise<void> {
    await this.database.transaction([place.force], (client) =>
      client.query({
        name: 'forget-unsent',
        text: FORGET_UNSENT,
        values: [place.force, place.unit, place.requestId, place.person, place.command],
      }),
    );
  }
}
