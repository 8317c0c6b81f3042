let silent = false;

/** Switches the log off for programs that print a report for people. */
export function silenceLog(): void {
  silent = true;
}

/** Writes one JSON line per event, with ids and codes only, never with the content of a request. */
export function jsonLog(
  level: 'info' | 'warn',
  event: string,
  fields: Readonly<Record<string, unknown>> = {},
): void {
  if (silent) return;
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, service: 'simulator', event, ...fields })}\n`,
  );
}
