import { ConnectionLost, JsonHttp, Refused, StaffClient } from '#client';
import { within } from '#kernel';
import { FairTurns } from '#persistence';
import { SignInOver, type SignIn } from '../sign-in/oidc.ts';
import type { DeskSession } from '../session/session.ts';
import type { UnitAnswer } from './unit-api.ts';

/** A unit that does not answer in this time counts as away, so that the other units stay usable. */
const ANSWER_WITHIN_MS = 4_000;
/**
 * A unit that hangs is not asked again for this time. Otherwise each page would wait as long as the first.
 */
const REST_AFTER_SILENCE_MS = 5_000;
const CONNECTIONS = 16;
/** A call waits this long for a connection. */
const TURN_WITHIN_MS = 4_000;
/** The unit's forces, types and the person's role change rarely. */
const UNIT_KEPT_MS = 60_000;

export type Session = DeskSession & { readonly sessionId: string };

/** Thrown when a unit does not answer. */
export class UnitAway extends Error {
  constructor(readonly unit: string) {
    super(`${unit} does not answer`);
  }
}

/** The answer of one unit among several, or the reason why there is none. */
export type UnitReply<Answer> =
  | { readonly unit: string; readonly answer: Answer; readonly away?: undefined }
  | { readonly unit: string; readonly answer?: undefined; readonly away: true };

/** The units' staff APIs as one person may use them. Every call carries the person's own token. */
export class UnitDesks {
  private readonly http: ReadonlyMap<string, JsonHttp>;
  private readonly known = new Map<string, { readonly answer: UnitAnswer; readonly until: number }>();

  private readonly silentUntil = new Map<string, number>();
  /** The connections to each unit, for one person after the other. */
  private readonly turns: ReadonlyMap<string, FairTurns>;

  constructor(
    units: ReadonlyMap<string, string>,
    private readonly signIn: SignIn,
  ) {
    this.http = new Map([...units].map(([unit, url]) => [unit, new JsonHttp(url, CONNECTIONS)]));
    this.turns = new Map([...units.keys()].map((unit) => [unit, new FairTurns(CONNECTIONS, TURN_WITHIN_MS)]));
  }

  /**
   * Uses the client of one unit. Throws `UnitAway` when the unit does not answer or fails, `SignInOver` when
   * it no longer accepts the person, and `Refused` for every other refusal.
   */
  async ask<Answer>(
    session: Session,
    unit: string,
    use: (client: StaffClient) => Promise<Answer>,
  ): Promise<Answer> {
    const http = this.http.get(unit);
    const turns = this.turns.get(unit);
    const { person } = session;
    if (!http || !turns || person?.units.includes(unit) !== true) throw new Refused(NOT_FOUND);
    if ((this.silentUntil.get(unit) ?? 0) > Date.now()) throw new UnitAway(unit);
    const token = await this.signIn.tokenFor(session, unit);
    const client = StaffClient.withToken(http, { clientId: person.subject, unit }, async () => token);
    // A person who asks for more than the connections can carry waits for them alone.
    await turns.take(person.subject).catch(() => {
      throw new UnitAway(unit);
    });
    try {
      return await within(ANSWER_WITHIN_MS, use(client), () => {
        this.silentUntil.set(unit, Date.now() + REST_AFTER_SILENCE_MS);
        throw new UnitAway(unit);
      });
    } catch (error) {
      if (error instanceof ConnectionLost) throw new UnitAway(unit);
      if (!(error instanceof Refused)) throw error;
      if (error.status >= 500) throw new UnitAway(unit);
      if (error.status === 401) throw new SignInOver(`${unit} does not accept the token`);
      throw error;
    } finally {
      turns.give();
    }
  }

  /** Asks several units at once. A unit that is away does not disturb the others. */
  async askAll<Answer>(
    session: Session,
    units: readonly string[],
    use: (client: StaffClient) => Promise<Answer>,
  ): Promise<UnitReply<Answer>[]> {
    return Promise.all(
      units.map(async (unit): Promise<UnitReply<Answer>> => {
        try {
          return { unit, answer: await this.ask(session, unit, use) };
        } catch (error) {
          if (error instanceof UnitAway) return { unit, away: true };
          throw error;
        }
      }),
    );
  }

  /** The unit as this person sees it: forces, types and the person's role. */
  async unit(session: Session, unit: string): Promise<UnitAnswer> {
    const key = `${session.sessionId} ${unit}`;
    const kept = this.known.get(key);
    const now = Date.now();
    if (kept && kept.until > now) return kept.answer;
    const answer = (await this.ask(session, unit, (client) => client.describe())) as UnitAnswer;
    for (const [old, { until }] of this.known) if (until < now) this.known.delete(old);
    this.known.set(key, { answer, until: now + UNIT_KEPT_MS });
    return answer;
  }

  /** The units of the person that answer, and the slugs of those that are away. */
  async units(session: Session): Promise<{ readonly present: UnitAnswer[]; readonly away: string[] }> {
    const present: UnitAnswer[] = [];
    const away: string[] = [];
    await Promise.all(
      (session.person?.units ?? []).map(async (unit) => {
        try {
          present.push(await this.unit(session, unit));
        } catch (error) {
          if (!(error instanceof UnitAway)) throw error;
          away.push(unit);
        }
      }),
    );
    const order = session.person?.units ?? [];
    present.sort((a, b) => order.indexOf(a.slug) - order.indexOf(b.slug));
    return { present, away };
  }

  close(): void {
    for (const http of this.http.values()) http.close();
  }
}

/** The same as for a request that does not exist, so that nobody learns which units there are. */
const NOT_FOUND = {
  type: 'urn:concordat:problem:not-found',
  title: 'Not found',
  status: 404,
  detail: 'There is nothing at this address that you may see.',
  code: 'not-found',
  kind: 'business',
} as const;
