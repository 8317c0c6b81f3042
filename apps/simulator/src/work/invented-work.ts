import { momentFaults, PayloadCheck } from '#contracts';
import { DAY_MS, MINUTE_MS } from '#kernel';
import { newestTypes, type RequestType, type UnitDefinition } from '#unit';

export interface InventedRequest {
  readonly unit: string;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const CIVIL_DATE = /^\d{4}-\d{2}-\d{2}$/;
/**
 * Matches one word with digits: a mark, a number, a reference. Its digits vary, and the letters of a
 * registration mark.
 */
const IDENTIFIER = /^[A-Za-z0-9/._-]*\d[A-Za-z0-9/._-]*$/;
const VARIED_DIGITS_MAX = 4;

/**
 * Invents requests from the examples of the definitions, moved to today and varied field by field. A
 * variation is kept only if it obeys the type's own rules, so a new unit needs nothing here.
 */
export class InventedWork {
  private readonly types: readonly { unit: string; type: RequestType; check: PayloadCheck }[];
  private readonly answers = new Map<string, PayloadCheck>();

  constructor(
    units: readonly UnitDefinition[],
    private readonly random: () => number = Math.random,
  ) {
    this.types = units.flatMap(({ slug, requestTypes }) =>
      // The submission names no version, so intake assumes the newest.
      newestTypes(requestTypes).map((type) => ({ unit: slug, type, check: new PayloadCheck(type.payload) })),
    );
    for (const { type } of this.types) this.answers.set(type.name, new PayloadCheck(type.answer));
  }

  get typesByUnit(): ReadonlyMap<string, readonly RequestType[]> {
    return Map.groupBy(this.types, ({ unit }) => unit) as never;
  }

  /** Invents a request of the named type, or of any type. */
  request(now: Date, only?: string): InventedRequest {
    const { unit, type, check } = pick(
      only === undefined ? this.types : this.types.filter((one) => one.type.name === only),
      this.random,
    );
    const valid = (payload: Fields): boolean =>
      check.faults(payload).length === 0 &&
      momentFaults(check.schema, payload, '/payload', now.getTime()).length === 0 &&
      (type.rules ?? []).every((rule) => rule.holds(payload));
    const example: Fields = pick(type.examples, this.random).payload;
    let payload = example;
    for (const shiftMs of shifts(example, now, this.random)) {
      const shifted = shift(example, shiftMs);
      if (!valid(shifted)) continue;
      payload = shifted;
      break;
    }
    for (const [field, value] of Object.entries(payload)) {
      const varied = { ...payload, [field]: this.varied(value) };
      if (varied[field] !== value && valid(varied)) payload = varied;
    }
    return { unit, type: type.name, payload };
  }

  /** Lists answers to try for a request, the most likely first, because a unit's records may refuse one. */
  answersTo(typeName: string, payload: Fields, now: Date): Fields[] {
    const type = this.types.find((one) => one.type.name === typeName)?.type;
    const check = this.answers.get(typeName);
    if (!type || !check) return [];
    return [...type.examples]
      .sort((left, right) => likeness(right.payload, payload) - likeness(left.payload, payload))
      .flatMap(({ answer }) => {
        const latest = latestInstant(answer);
        const today = shift(answer, latest === undefined ? 0 : now.getTime() - MINUTE_MS - latest);
        return [carryOver(today, payload), today, answer];
      })
      .filter(
        (answer, index, all) =>
          check.faults(answer).length === 0 &&
          momentFaults(check.schema, answer, '/answer', now.getTime()).length === 0 &&
          all.findIndex((other) => same(other, answer)) === index,
      );
  }

  isDecidedByTwo(typeName: string): boolean {
    return this.types.some(({ type }) => type.name === typeName && type.decision !== 'one-person');
  }

  private varied(value: unknown): unknown {
    if (typeof value === 'number') {
      // Distances, sums and counts change by up to a tenth; a small count stays.
      const varied = value * (1 + (this.random() - 0.5) / 5);
      return Number.isInteger(value) ? Math.round(varied) : Math.round(varied * 10_000) / 10_000;
    }
    if (typeof value !== 'string' || CIVIL_DATE.test(value) || INSTANT.test(value) || !IDENTIFIER.test(value))
      return value;
    let left = VARIED_DIGITS_MAX;
    const digits = [...value]
      .reverse()
      .map((character) =>
        /\d/.test(character) && left-- > 0 ? String(Math.floor(this.random() * 10)) : character,
      );
    const text = digits.reverse().join('');
    // The last three letters of a registration mark vary, so that a fleet has more than a few vehicles.
    return text.replace(/(?<=^[A-Z]{2}\d\d)[A-Z]{3}$/, () =>
      Array.from({ length: 3 }, () => letter(this.random)).join(''),
    );
  }
}

/** Counts the fields that the payload has in common with an example, to find the answer that fits best. */
function likeness(example: Fields, payload: Fields): number {
  return Object.entries(example).filter(
    ([name, value]) => JSON.stringify(payload[name]) === JSON.stringify(value),
  ).length;
}

function same(left: Fields, right: Fields): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

const letter = (random: () => number): string => 'ABCDEFGHJKLMNOPRSTUVWXY'.charAt(Math.floor(random() * 23));

export function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

/**
 * Lists shifts that may bring an example to today: the latest moment just past, or in the next days, or no
 * shift.
 */
function shifts(example: Fields, now: Date, random: () => number): number[] {
  const latest = latestInstant(example);
  const dates = Object.values(example).filter(
    (value): value is string => typeof value === 'string' && CIVIL_DATE.test(value),
  );
  const anchor =
    latest ?? (dates.length > 0 ? Math.max(...dates.map((date) => Date.parse(date))) : undefined);
  if (anchor === undefined) return [0];
  const toNow = now.getTime() - anchor;
  return [
    toNow - (5 + random() * 85) * MINUTE_MS,
    toNow - DAY_MS,
    toNow + 3 * DAY_MS,
    toNow + 21 * DAY_MS,
    0,
  ];
}

function latestInstant(fields: Fields): number | undefined {
  const moments = Object.values(fields).filter(
    (value): value is string => typeof value === 'string' && INSTANT.test(value),
  );
  return moments.length === 0 ? undefined : Math.max(...moments.map((moment) => Date.parse(moment)));
}

/** Moves every moment and date of the top level by the same time, dates by whole days. */
function shift(fields: Fields, ms: number): Fields {
  if (ms === 0) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      if (CIVIL_DATE.test(value))
        return [
          name,
          new Date(Date.parse(value) + Math.round(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10),
        ];
      if (INSTANT.test(value))
        return [name, new Date(Date.parse(value) + ms).toISOString().replace(/\.\d+Z$/, 'Z')];
      return [name, value];
    }),
  );
}

/** Keeps an answer consistent with its request: a reading continues from the one in the request. */
function carryOver(answer: Fields, payload: Fields): Fields {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      const given = payload[name];
      if (typeof value === 'number' && typeof given === 'number')
        return [name, given + (Number.isInteger(given) ? 3 : 0)];
      return [
        name,
        typeof value === 'string' &&
        typeof given === 'string' &&
        IDENTIFIER.test(value) &&
        !INSTANT.test(value)
          ? given
          : value,
      ];
    }),
  );
}
