import { signingKeysOf, UnitKeys, type SigningKeys } from '#contracts';
import type { Setting } from './read-config.ts';

/** `SIGNING_KEY`: with what a unit signs, and its earlier keys behind it. */
export const signingKeySetting = (): Setting<SigningKeys> => ({
  name: 'SIGNING_KEY',
  expects:
    'a key of 32 bytes in base64url, as `npm run unit-keys` makes it; earlier keys may follow after commas',
  read: signingKeysOf,
});

/** `UNIT_KEYS`: with what intake verifies which unit said something. */
export const unitKeysSetting = (): Setting<UnitKeys> => ({
  name: 'UNIT_KEYS',
  expects: 'the keys of the units (JSON), as `npm run unit-keys` makes it',
  read: (text) => {
    try {
      return UnitKeys.parse(text);
    } catch {
      return undefined;
    }
  },
});
