import type { Schema } from './schema.ts';

/**
 * A copy of a refused value, cut so that explaining it is cheap, with a record of the parts that were cut.
 */
export interface Excerpt {
  readonly value: unknown;
  /** The number of unknown fields that the copy leaves out; each of them is a fault. */
  readonly unknownLeftOut: number;
  /** The index at which the copy of a list begins, by the list's JSON pointer. */
  readonly starts: ReadonlyMap<string, number>;
  /** The pointer and bound of each list that is too long in the value but short enough in the copy. */
  readonly overlong: ReadonlyMap<string, number>;
}

/** Nobody corrects more items at a time. class-validator takes about 0.1 ms for an item with faults. */
const ITEMS_MAX = 20;
/** Bounds the items of all lists of a value together, so that nested lists stay bounded too. */
const ITEMS_IN_ALL_MAX = 60;
const UNKNOWN_MAX = 60;
/** Bounds texts whose schema has no length, such as the values of an enumeration. */
const TEXT_MAX = 300;

/**
 * Cuts a value at the bounds of its schema, so that the cost of explaining a refusal depends on the schema
 * and not on the input. A value of the wrong kind keeps its kind and loses its content. A long list keeps the
 * part from `faultAt` on, the JSON pointer of the first fault.
 */
export function excerptOf(value: unknown, schema: Schema, faultAt: string): Excerpt {
  const cutting = new Cutting(faultAt);
  return {
    value: cutting.cut(value, schema, ''),
    unknownLeftOut: cutting.unknownLeftOut,
    starts: cutting.starts,
    overlong: cutting.overlong,
  };
}

class Cutting {
  unknownLeftOut = 0;
  readonly starts = new Map<string, number>();
  readonly overlong = new Map<string, number>();
  private itemsLeft = ITEMS_IN_ALL_MAX;
  private unknownLeft = UNKNOWN_MAX;

  constructor(private readonly faultAt: string) {}

  cut(value: unknown, schema: Schema, pointer: string): unknown {
    if (typeof value === 'string') return this.text(value, schema);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return schema['type'] === 'array' ? this.list(value, schema, pointer) : [];
    return schema['type'] === 'object' && schema['additionalProperties'] === false
      ? this.object(value, schema, pointer)
      : {};
  }

  /**
   * Lengths count code points of at most two UTF-16 units each, so the copy of a text that is too long is too
   * long as well.
   */
  private text(value: string, schema: Schema): string {
    const most = schema['maxLength'] === undefined ? TEXT_MAX : 2 * (schema['maxLength'] as number) + 2;
    return value.length <= most ? value : value.slice(0, most).toWellFormed();
  }

  private list(items: readonly unknown[], schema: Schema, pointer: string): unknown[] {
    const { maxItems: most, minItems: least } = schema as { maxItems: number; minItems: number };
    if (items.length > most && most >= ITEMS_MAX) this.overlong.set(pointer, most);
    const start = this.startIn(items, pointer);
    if (start > 0) this.starts.set(pointer, start);
    // The copy keeps the required minimum of items; with fewer it would have a fault that the list does not
    // have.
    const kept = items.slice(start, start + Math.max(least, Math.min(ITEMS_MAX, this.itemsLeft)));
    this.itemsLeft -= kept.length;
    return kept.map((item, place) =>
      this.cut(item, schema['items'] as Schema, `${pointer}/${start + place}`),
    );
  }

  private startIn(items: readonly unknown[], pointer: string): number {
    if (items.length <= ITEMS_MAX || !this.faultAt.startsWith(`${pointer}/`)) return 0;
    const faulty = Number.parseInt(this.faultAt.slice(pointer.length + 1), 10) || 0;
    return Math.min(faulty, items.length - ITEMS_MAX);
  }

  private object(value: object, schema: Schema, pointer: string): object {
    const properties = schema['properties'] as Readonly<Record<string, Schema>>;
    const entries: [string, unknown][] = [];
    for (const [name, field] of Object.entries(value) as [string, unknown][]) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (known !== undefined) entries.push([name, this.cut(field, known, `${pointer}/${name}`)]);
      else if (this.unknownLeft > 0) {
        this.unknownLeft -= 1;
        entries.push([name, null]);
      } else this.unknownLeftOut += 1;
    }
    return Object.fromEntries(entries);
  }
}
