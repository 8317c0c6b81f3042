const TEXT_MAX = 300;
const FRAMES_MAX = 20;
/** Shorter values are not looked for in a fault's text, because they would blank out ordinary words. */
const VALUE_LENGTH_MIN = 3;
const VALUES_MAX = 2_000;

/**
 * Returns the name and message of a handler's fault without the content of the Kafka message, because drivers
 * and parsers quote what they read. Everything in quotes is left out, and every value of the payload.
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

/** Returns only the frames of the stack, because a stack begins with the message. */
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
