const TEXT_MAX = 300;
const FRAMES_MAX = 20;
/** Values looked for in a fault's text; shorter ones would blank out ordinary words. */
const VALUE_LENGTH_MIN = 3;
const VALUES_MAX = 2_000;

/**
 * Name and message of a handler's fault, without what the message it was given holds: faults of drivers and parsers
 * like to quote. What stands in quotes is left out, and so is every value of the payload.
 */
export function handlerFault(error: unknown, payload: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  let text = `${error.name}: ${error.message}`.slice(0, 10 * TEXT_MAX);
  for (const value of valuesOf(payload).sort((a, b) => b.length - a.length))
    text = text.replaceAll(value, '…');
  return text
    .replace(/"[^"]*"?|`[^`]*`?|(?<!\w)'[^']*'?/g, '"…"')
    .replaceAll('\0', '')
    .slice(0, TEXT_MAX);
}

/** Where it happened: only the frames, as a stack begins with the message. */
export function faultFrames(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim())
    .join(' | ');
}

function valuesOf(payload: unknown): string[] {
  const found = new Set<string>();
  const open: unknown[] = [payload];
  while (open.length > 0 && found.size < VALUES_MAX) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) open.push(...(Object.values(value) as unknown[]));
    else if (
      (typeof value === 'string' || typeof value === 'number') &&
      String(value).length >= VALUE_LENGTH_MIN
    )
      found.add(String(value));
  }
  return [...found];
}
