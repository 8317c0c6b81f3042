// Loaded with `node --import`. It changes Date by CLOCK_SHIFT: "offsetMs rate stepMs stepAfterMs". Timers and
// performance.now() stay unchanged, as they do when an administrator changes the time of day.
const [offsetMs = 0, rate = 1, stepMs = 0, stepAfterMs = Infinity] = (process.env.CLOCK_SHIFT ?? '')
  .split(' ')
  .filter(Boolean)
  .map(Number);
const RealDate = Date;
const startedAt = RealDate.now();
const elapsed = performance.now.bind(performance);
const startedElapsed = elapsed();

function now() {
  const ranMs = elapsed() - startedElapsed;
  return Math.floor(startedAt + offsetMs + ranMs * rate + (ranMs >= stepAfterMs ? stepMs : 0));
}

globalThis.Date = class Date extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }

  static now() {
    return now();
  }
};
