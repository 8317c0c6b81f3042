import type { FastifyRequest } from 'fastify';

/** A person who is signed in. */
export interface SignedInPerson {
  /** The subject of the person's tokens, which units' access logs name. */
  readonly subject: string;
  readonly name: string;
  /** The units at which the person has a role, by slug. */
  readonly units: readonly string[];
  /** The force whose own person this is; absent for people who only work in units. */
  readonly force?: string;
}

/** The stored part of a session. Access tokens are not stored: they are kept in memory while they last. */
export interface DeskSession {
  person?: SignedInPerson;
  refreshToken?: string;
  idToken?: string;
  /** Seconds since the epoch. */
  signedInAt?: number;
  usedAt?: number;
  /** The sign-in that is under way. */
  pending?: {
    readonly state: string;
    readonly nonce: string;
    readonly verifier: string;
    readonly returnTo: string;
  };
  /** Shown once on the next page. */
  notice?: string;
  /** True if the notice says that nothing was done. It then does not look like a success. */
  nothingDone?: boolean;
  /** False if the person switched the keyboard shortcuts off. */
  keyboard?: boolean;
}

interface StoredSession extends DeskSession {
  readonly sessionId: string;
  regenerate(keys?: readonly string[]): Promise<void>;
  destroy(): Promise<void>;
}

export interface DeskRequest extends FastifyRequest {
  session: FastifyRequest['session'] & StoredSession;
}
