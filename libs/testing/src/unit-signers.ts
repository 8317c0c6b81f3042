import { randomBytes } from 'node:crypto';
import {
  signed,
  SIGNATURE_HEADER,
  signingKeysOf,
  UnitKeys,
  type SignableMessage,
  type SigningKeys,
} from '#contracts';

/** Keys of units for one test. Each named unit has its own, and intake gets all of them. */
export class UnitSigners {
  private readonly keys: ReadonlyMap<string, SigningKeys>;

  constructor(units: readonly string[]) {
    this.keys = new Map(
      units.map((unit) => [unit, signingKeysOf(randomBytes(32).toString('base64url')) as SigningKeys]),
    );
  }

  keysOf(unit: string): SigningKeys {
    const keys = this.keys.get(unit);
    if (!keys) throw new Error(`${unit} has no key in this test`);
    return keys;
  }

  all(): UnitKeys {
    return new UnitKeys(Object.fromEntries(this.keys));
  }

  /** Signs a message like the unit that it names as its source. Other messages stay unchanged. */
  signed<Message extends Omit<SignableMessage, 'topic'>>(topic: string, message: Message): Message {
    const unit = /^\/unit\/(.+)$/.exec(message.headers['ce_source']?.toString() ?? '')?.[1];
    if (
      !topic.endsWith('.events.v1') ||
      unit === undefined ||
      !this.keys.has(unit) ||
      SIGNATURE_HEADER in message.headers
    )
      return message;
    return { ...message, headers: signed({ ...message, topic }, this.keysOf(unit)) };
  }
}
