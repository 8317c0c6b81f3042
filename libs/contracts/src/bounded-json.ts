import { Refusal } from './problem.ts';

export interface JsonBounds {
  readonly bytesMax: number;
  readonly depthMax: number;
}

/** The bounds of all input, over REST and over Kafka. The largest example payload measured is under 4 kB. */
export const INTAKE_BOUNDS: JsonBounds = { bytesMax: 256 * 1024, depthMax: 16 };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses untrusted bytes. Refuses a body that is too large, not UTF-8, not JSON, too deep, or names
 * `__proto__`.
 */
export function parseBoundedJson(bytes: Uint8Array, bounds: JsonBounds = INTAKE_BOUNDS): unknown {
  if (bytes.byteLength > bounds.bytesMax) {
    throw new Refusal(
      'too-large',
      `The body has ${bytes.byteLength} bytes; the limit is ${bounds.bytesMax}.`,
    );
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Refusal('malformed-json', 'The body is not valid UTF-8. Save it as UTF-8 and send it again.');
  }
  // The depth is checked first, because the parser recurses and a hostile depth would exhaust the stack.
  if (depthOf(text, bounds.depthMax) > bounds.depthMax) {
    throw new Refusal('too-deep', `The body is nested more than ${bounds.depthMax} levels deep.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal('malformed-json', notJson(error));
  }
  // A sender may write the name with escapes (`\u005f_proto__`).
  if ((text.includes('__proto__') || text.includes('\\u')) && namesPrototype(value)) {
    throw new Refusal(
      'invalid-request',
      'A field is called __proto__, which is not allowed. Rename or remove it.',
    );
  }
  // PostgreSQL stores neither. Both can only be written as escapes, so most bodies need no walk.
  if (text.includes('\\u') && holdsUnstorableText(value)) {
    throw new Refusal(
      'invalid-request',
      'A text contains NUL (\\u0000) or half a character (an unpaired surrogate). Remove it.',
    );
  }
  return value;
}

/**
 * Gives the position if the parser reports one. Its own sentence quotes the text, which may be personal or
 * contain NUL.
 */
function notJson(error: unknown): string {
  const place = / at position \d+/.exec((error as Error).message)?.[0] ?? '';
  return `The body is not valid JSON${place}.`;
}

function depthOf(text: string, stopAbove: number): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > stopAbove) return deepest;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

function namesPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.hasOwn(value, '__proto__')) return true;
  return Object.values(value).some(namesPrototype);
}

function holdsUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, field]) => holdsUnstorableText(name) || holdsUnstorableText(field),
  );
}
