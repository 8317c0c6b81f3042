let silent = false;

/** For programs whose own output is for people; what the simulated did is then told by their report. */
export function silenceLog(): void {
  silent = true;
}

/** One JSON line per thing that happened; ids and codes only, never what a request says. */
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
