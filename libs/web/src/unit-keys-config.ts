import { signingKeysOf, UnitKeys, type SigningKeys } from '#contracts';
import type { Setting } from './read-config.ts';

/** `SIGNING_KEY` is the key that a unit signs with, followed by its earlier keys. */
export const signingKeySetting = (): Setting<SigningKeys> => ({
  name: 'SIGNING_KEY',
  expects:
    'a key of 32 bytes in base64url from `npm run unit-keys`; earlier keys may follow, separated by commas',
  read: signingKeysOf,
});

/** `UNIT_KEYS` are the keys that intake verifies units by. */
export const unitKeysSetting = (): Setting<UnitKeys> => ({
  name: 'UNIT_KEYS',
  expects: 'the keys of the units as JSON from `npm run unit-keys`',
  read: (text) => {
    try {
      return UnitKeys.parse(text);
    } catch {
      return undefined;
    }
  },
});
