import type { RunEntry } from './run-sheet.ts';

export interface ReportRow {
  readonly force: string;
  readonly unit: string;
  readonly submitted: number;
  readonly queued: number;
  readonly answered: number;
  readonly declined: number;
  readonly open: number;
  readonly refused: number;
  /** The number of refusals by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly ackMs: { readonly p50: number; readonly p99: number } | null;
  readonly answerMs: { readonly p50: number; readonly p99: number } | null;
}

/** Makes one row per force and unit, in alphabetical order. */
export function reportRows(entries: readonly RunEntry[]): ReportRow[] {
  const groups = Map.groupBy(entries, ({ force, unit }) => `${force} ${unit}`);
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => reportRow(group));
}

function reportRow(entries: readonly RunEntry[]): ReportRow {
  const { force, unit } = entries[0] as RunEntry;
  const ended = (end: RunEntry['end']): number => entries.filter((entry) => entry.end === end).length;
  const reasons: Record<string, number> = {};
  for (const { end, why = 'without a reason' } of entries)
    if (end === 'refused') reasons[why] = (reasons[why] ?? 0) + 1;
  return {
    force,
    unit,
    submitted: entries.length,
    queued: entries.filter(({ queuedAt }) => queuedAt !== undefined).length,
    answered: ended('answered'),
    declined: ended('declined'),
    open: ended(undefined),
    refused: ended('refused'),
    reasons,
    ackMs: quantiles(entries.flatMap(({ ackMs }) => ackMs ?? [])),
    answerMs: quantiles(
      entries.flatMap(({ end, endedAt, sentAt }) =>
        end === 'answered' && endedAt !== undefined ? endedAt - sentAt : [],
      ),
    ),
  };
}

export function quantiles(values: readonly number[]): { p50: number; p99: number } | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((left, right) => left - right);
  // This is the nearest rank: the smallest value that at least this share of the values does not exceed.
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
  return { p50: rank(0.5), p99: rank(0.99) };
}

/** Formats the table for a terminal; the last line is the total. */
export function formatReport(rows: readonly ReportRow[], entries: readonly RunEntry[]): string {
  const head = [
    'force',
    'unit',
    'submitted',
    'queued',
    'answered',
    'declined',
    'open',
    'refused',
    'ack p50/p99 ms',
    'answered after p50/p99 ms',
    'refused because',
  ];
  const cells = (row: ReportRow): string[] => [
    row.force,
    row.unit,
    ...[row.submitted, row.queued, row.answered, row.declined, row.open, row.refused].map(String),
    milliseconds(row.ackMs),
    milliseconds(row.answerMs),
    Object.entries(row.reasons)
      .map(([reason, count]) => (count > 1 ? `${reason} ×${count}` : reason))
      .join(', '),
  ];
  const whole = { ...reportRow(entries), force: 'all', unit: '', reasons: {} };
  const table = [head, ...rows.map(cells), cells(whole)];
  const widths = head.map((_, column) => Math.max(...table.map((line) => (line[column] ?? '').length)));
  const NUMBERS_FROM = 2;
  const NUMBERS_TO = 9;
  return table
    .map((line) =>
      line
        .map((cell, column) =>
          column >= NUMBERS_FROM && column <= NUMBERS_TO
            ? cell.padStart(widths[column] ?? 0)
            : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const milliseconds = (value: ReportRow['ackMs']): string =>
  value ? `${value.p50.toFixed(0)} / ${value.p99.toFixed(0)}` : '–';
