/** How one row went: what the journal found wrong, each as a sentence, and how long until both doors took work again. */
export interface Outcome {
  readonly row: number;
  readonly seed: number;
  readonly submitted: number;
  readonly ok: number;
  readonly resent: number;
  readonly found: Readonly<Record<'lost' | 'unexpected' | 'duplicate' | 'outOfOrder' | 'leaked' | 'uncounted', readonly string[]>>;
  readonly seconds: number;
  readonly seen: string;
  /** Why the fault could not be given, or was not borne as promised. */
  readonly broke?: string | undefined;
}

export function isGreen({ found, broke, ok, submitted }: Outcome): boolean {
  return broke === undefined && ok === submitted && Object.values(found).every((sentences) => sentences.length === 0);
}

export function brief(outcome: Outcome): string {
  const { found, submitted, ok, resent, seconds, seen, broke } = outcome;
  const counts = Object.entries(found).map(([what, { length }]) => `${what} ${length}`);
  const remark = broke ?? seen;
  const [first] = Object.values(found).flat();
  return [
    `${submitted} submitted, ${ok} answered once, ${counts.join(', ')}, ${resent} sent again, recovered in ${seconds.toFixed(1)} s`,
    ...(remark === '' ? [] : [remark]),
    ...(first === undefined ? [] : [`first: ${first}`]),
  ].join('; ');
}
