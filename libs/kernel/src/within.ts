const LATE = Symbol('late');

/**
 * Resolves like the work, or with the result of `late` if the time is over first; `late` may also throw. The
 * work itself continues, and its later failure is ignored.
 */
export async function within<Result, Late>(
  ms: number,
  work: Promise<Result>,
  late: () => Late,
): Promise<Result | Late> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsOver = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  try {
    const first = await Promise.race([work, timeIsOver]);
    return first === LATE ? late() : first;
  } finally {
    clearTimeout(timer);
  }
}
