import { GaveUp, Refused, SignInRefused } from '#client';

/** What a script learns of a command without reading its output. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  notFound: 4,
  notAuthorised: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `Exit codes:
  0    done (watch: the request was answered)
  1    the system failed, or gave no definite answer in time: the same command may help later
  2    the command line, a file or a setting is wrong; nothing was sent
  3    refused, and somebody must change something (watch: declined or withdrawn)
  4    not found
  5    the credential was not taken
  130  interrupted`;

/** A mistake in the command line, a file or a setting: said with what to do about it. */
export class UsageError extends Error {}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof SignInRefused) return EXIT.notAuthorised;
  if (error instanceof Refused) {
    if (error.problem.kind === 'system') return EXIT.failed;
    if (error.status === 404) return EXIT.notFound;
    // 403 speaks of the credential only where no rule of sharing is named.
    if (error.status === 401 || error.code === 'not-allowed') return EXIT.notAuthorised;
    return EXIT.refused;
  }
  return EXIT.failed;
}

/** One line for a person. */
export function explained(error: unknown): string {
  if (error instanceof GaveUp)
    return `No definite answer in time, last: ${error.message}. The same command may be repeated safely.`;
  return (error as Error).message;
}
