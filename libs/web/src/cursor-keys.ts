import { optional, type Config, type Setting } from './read-config.ts';

/** The keys that seal cursors. All instances of a service share them, and they survive restarts. */
export interface CursorKeys {
  /** Seals new cursors and opens them. */
  readonly current: Buffer;
  /** Only opens cursors: the next key before a change of keys, the previous key after it. */
  readonly second?: Buffer;
}

const keySetting = (name: string): Setting<Buffer> => ({
  name,
  expects: '64 hexadecimal digits, as `openssl rand -hex 32` gives them',
  read: (text) => (/^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : undefined),
});

/** Reads the keys from the settings of the deployment (docs/how-to/change-cursor-keys.md). */
export function cursorKeySettings() {
  return { cursorKey: keySetting('CURSOR_KEY'), cursorKeySecond: optional(keySetting('CURSOR_KEY_SECOND')) };
}

export function cursorKeysOf(read: Config<ReturnType<typeof cursorKeySettings>>): CursorKeys {
  return { current: read.cursorKey, ...(read.cursorKeySecond && { second: read.cursorKeySecond }) };
}
