import { Refusal } from '#contracts';

const CURSOR_LENGTH_MAX = 512;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** A place in a list, opaque to the client. It holds no secret and is checked like anything else that comes in. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

/** Reads a cursor; whatever was not given out by `encodeCursor` in a shape that `isPlace` takes is `invalid-cursor`. */
export function decodeCursor<Place>(text: string, isPlace: (value: unknown) => value is Place): Place {
  if (text.length <= CURSOR_LENGTH_MAX && BASE64URL.test(text)) {
    try {
      const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
      // One spelling per place: what does not encode back to itself was made by someone else.
      if (isPlace(place) && encodeCursor(place) === text) return place;
    } catch {
      // Not JSON: refused below, like every other stranger.
    }
  }
  throw new Refusal('invalid-cursor', 'Use a cursor as it was given in next or in the Link header, unchanged.');
}
