import { ForceClient, GaveUp, Refused } from '#client';
import { INTAKE, SignInOver, type SignIn } from '../sign-in/oidc.ts';
import type { Schema } from '../units/unit-api.ts';
import { UnitAway, type Session } from '../units/unit-desks.ts';

/** Intake counts as away after this time; the call is repeated meanwhile with the same key. */
const GIVE_UP_AFTER_MS = 4_000;
/** The request types change only with a new version of the system. */
const TYPES_KEPT_MS = 60_000;

/** A request type that a force may submit. */
export interface IntakeType {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly unit: string;
}

/** Intake as one of a force's own people uses it, with the person's own token. */
export class IntakeDesk {
  private known: { readonly types: readonly IntakeType[]; readonly until: number } | undefined;
  private readonly schemas = new Map<string, Schema>();

  constructor(
    private readonly url: string,
    private readonly signIn: SignIn,
  ) {}

  /**
   * Uses the client of the person's force. Throws `UnitAway` when intake does not answer, `SignInOver` when
   * it no longer accepts the person, and `Refused` for every other refusal.
   */
  async ask<Answer>(session: Session, use: (client: ForceClient) => Promise<Answer>): Promise<Answer> {
    const token = await this.signIn.tokenFor(session, INTAKE);
    const client = new ForceClient({
      url: this.url,
      credentials: { token: async () => token, forget: () => undefined },
      limits: { giveUpAfterMs: GIVE_UP_AFTER_MS },
    });
    try {
      return await use(client);
    } catch (error) {
      if (error instanceof GaveUp) throw new UnitAway(INTAKE);
      if (error instanceof Refused && error.status === 401)
        throw new SignInOver('intake does not accept the token');
      throw error;
    }
  }

  /** The newest version of every request type. */
  async types(session: Session): Promise<readonly IntakeType[]> {
    const now = Date.now();
    if (this.known && this.known.until > now) return this.known.types;
    const { items } = await this.ask(session, (client) => client.types());
    const types = items.filter(
      (type) => !items.some((other) => other.name === type.name && other.version > type.version),
    );
    this.known = { types, until: now + TYPES_KEPT_MS };
    return types;
  }

  /** The schema of a payload, or of an answer. A version of a type never changes. */
  async schema(session: Session, type: string, version: number, part: 'payload' | 'answer'): Promise<Schema> {
    const key = `${type} ${String(version)} ${part}`;
    const kept = this.schemas.get(key);
    if (kept) return kept;
    const schema = (await this.ask(session, (client) => client.schema(type, version, part))) as Schema;
    this.schemas.set(key, schema);
    return schema;
  }
}
