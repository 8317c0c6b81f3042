/** Called with the name of the place that the process passes; see `failpoint`. */
export type Failpoint = (name: string) => void;

const passed = new Map<string, number>();

/**
 * Marks a place where a crash is worth testing. With `CONCORDAT_FAILPOINT=<name>` (or `<name>:<n>` for the
 * n-th pass) the process kills itself there, as abruptly as `kill -9`. In production nothing happens.
 */
export const failpoint: Failpoint = (name) => {
  const wanted = process.env['CONCORDAT_FAILPOINT'];
  if (wanted === undefined || process.env['NODE_ENV'] === 'production') return;
  const [place, pass = '1'] = wanted.split(':');
  if (place !== name) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (count === Number(pass)) process.kill(process.pid, 'SIGKILL');
};
