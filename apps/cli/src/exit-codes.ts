import { GaveUp, Refused, SignInRefused } from '#client';

/** Exit codes, so that a script learns the result without reading the output. */
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
  1    the system failed or gave no definite answer in time; run the same command again later
  2    the command line, a file or a setting is wrong; nothing was sent
  3    refused; somebody must change something (watch: the request was declined or withdrawn)
  4    not found
  5    the credential was not accepted
  130  interrupted`;

/** A mistake in the command line, a file or a setting. Its message says what to do. */
export class UsageError extends Error {}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof SignInRefused) return EXIT.notAuthorised;
  if (error instanceof Refused) {
    if (error.problem.kind === 'system') return EXIT.failed;
    if (error.status === 404) return EXIT.notFound;
    // Other 403 codes name a rule of sharing; only this one is about the credential.
    if (error.status === 401 || error.code === 'not-allowed') return EXIT.notAuthorised;
    return EXIT.refused;
  }
  return EXIT.failed;
}

/** Explains an error in one line, for a person. */
export function explained(error: unknown): string {
  if (error instanceof GaveUp)
    return `No definite answer in time; the last result was: ${error.message}. You may safely run the same command again.`;
  return (error as Error).message;
}
