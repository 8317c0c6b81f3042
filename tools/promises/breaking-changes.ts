/** A node of a JSON document. */
type Node = Readonly<Record<string, unknown>>;

/**
 * A schema that clients send may only become more generous. A schema that they receive may only gain fields.
 */
type Direction = 'sent' | 'answered';

/** The document before and after, in which references are looked up. */
interface Pair {
  readonly before: Node;
  readonly after: Node;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/**
 * Limits that become stricter when they are lowered, and limits that become stricter when they are raised.
 */
const UPPER = ['maxLength', 'maximum', 'maxItems'];
const LOWER = ['minLength', 'minimum', 'minItems'];

/** Lists each way in which a client of the earlier OpenAPI document would fail with the later one. */
export function breakingOpenApi(before: Node, after: Node): string[] {
  const pair = { before, after };
  return Object.entries(nodes(before['paths'])).flatMap(([path, operations]) =>
    METHODS.filter((method) => operations[method]).flatMap((method) => {
      const where = `${method.toUpperCase()} ${path}`;
      const now = nodes(nodes(after['paths'])[path])[method];
      return now
        ? breakingOperation(pair, nodes(operations)[method] ?? {}, now, where)
        : [`${where}: removed`];
    }),
  );
}

/**
 * Lists the same for the AsyncAPI document: messages that a force sends on its topics, and messages that it
 * reads.
 */
export function breakingAsyncApi(before: Node, after: Node): string[] {
  const pair = { before, after };
  return Object.entries(nodes(before['operations'])).flatMap(([name, { action, messages }]) => {
    const now = nodes(after['operations'])[name];
    if (!now) return [`${name}: removed`];
    const direction = action === 'send' ? 'sent' : 'answered';
    const taken = list(now['messages']).map(({ $ref }) => $ref);
    return list(messages).flatMap(({ $ref }) => {
      const type = String($ref).split('/').at(-1) ?? '';
      if (!taken.includes($ref)) return [`${name}: ${type} removed`];
      const payloadIn = (document: Node): unknown =>
        nodes(nodes(document['components'])['messages'])[type]?.['payload'];
      return breakingSchema(pair, payloadIn(before), payloadIn(after), direction, `${name} ${type}`);
    });
  });
}

function breakingOperation(pair: Pair, before: Node, after: Node, where: string): string[] {
  const keyOf = (parameter: Node): string => `${String(parameter['in'])} ${String(parameter['name'])}`;
  const [had, has] = [list(before['parameters']), list(after['parameters'])];
  const added = has.filter(
    (one) =>
      one['required'] === true && !had.some((old) => keyOf(old) === keyOf(one) && old['required'] === true),
  );
  const parameters = had.flatMap((old) => {
    const now = has.find((one) => keyOf(one) === keyOf(old));
    return now
      ? breakingSchema(pair, old['schema'], now['schema'], 'sent', `${where} ${keyOf(old)}`)
      : [`${where} ${keyOf(old)}: removed`];
  });
  const answers = Object.entries(nodes(before['responses'])).flatMap(([status, old]) => {
    const now = nodes(after['responses'])[status];
    // Problems are compared by their codes below.
    if (Number(status) >= 400 || status === 'default') return [];
    return now
      ? breakingContent(pair, old, now, 'answered', `${where} ${status}`)
      : [`${where} ${status}: removed`];
  });
  const codes = (operation: Node): string[] => (operation['x-problem-codes'] as string[] | undefined) ?? [];
  return [
    ...added.map((one) => `${where} ${keyOf(one)}: now required`),
    ...parameters,
    ...breakingContent(
      pair,
      node(before['requestBody']),
      node(after['requestBody']),
      'sent',
      `${where} body`,
    ),
    ...answers,
    ...codes(before)
      .filter((code) => !codes(after).includes(code))
      .map((code) => `${where}: problem ${code} removed`),
  ];
}

function breakingContent(
  pair: Pair,
  before: Node,
  after: Node,
  direction: Direction,
  where: string,
): string[] {
  return Object.entries(nodes(before['content'])).flatMap(([type, { schema }]) => {
    const now = nodes(after['content'])[type];
    return now
      ? breakingSchema(pair, schema, now['schema'], direction, where)
      : [`${where} ${type}: removed`];
  });
}

function breakingSchema(
  pair: Pair,
  before: unknown,
  after: unknown,
  direction: Direction,
  where: string,
): string[] {
  const [old, now] = [resolved(pair.before, before), resolved(pair.after, after)];
  return [
    ...breakingValues(old, now, direction, where),
    ...breakingFields(pair, old, now, direction, where),
    ...(old['items'] ? breakingSchema(pair, old['items'], now['items'], direction, `${where}[]`) : []),
    ...breakingChoices(pair, old, now, direction, where),
  ];
}

function breakingValues(old: Node, now: Node, direction: Direction, where: string): string[] {
  const faults = ['type', 'const', 'format'].filter(
    (word) => JSON.stringify(old[word]) !== JSON.stringify(now[word]),
  );
  if (direction === 'answered')
    return faults.filter((word) => old[word] !== undefined).map((word) => `${where}: ${word} changed`);
  const number = (schema: Node, word: string, otherwise: number): number =>
    (schema[word] as number | undefined) ?? otherwise;
  const kept = (now['enum'] as unknown[] | undefined) ?? (old['enum'] as unknown[] | undefined) ?? [];
  return [
    ...faults.filter((word) => now[word] !== undefined).map((word) => `${where}: ${word} changed`),
    ...(now['pattern'] !== undefined && old['pattern'] !== now['pattern']
      ? [`${where}: pattern changed`]
      : []),
    ...(now['enum'] && !old['enum'] ? [`${where}: enum added`] : []),
    ...((old['enum'] as unknown[] | undefined) ?? [])
      .filter((value) => !kept.includes(value))
      .map((value) => `${where}: ${String(value)} removed`),
    ...UPPER.filter((word) => number(now, word, Infinity) < number(old, word, Infinity)).map(
      (word) => `${where}: ${word} lowered`,
    ),
    ...LOWER.filter((word) => number(now, word, -Infinity) > number(old, word, -Infinity)).map(
      (word) => `${where}: ${word} raised`,
    ),
  ];
}

function breakingFields(pair: Pair, old: Node, now: Node, direction: Direction, where: string): string[] {
  const required = (schema: Node): string[] => (schema['required'] as string[] | undefined) ?? [];
  const [stricter, laxer] = direction === 'sent' ? [now, old] : [old, now];
  const changed = required(stricter).filter((name) => !required(laxer).includes(name));
  return [
    ...changed
      .filter((name) => direction === 'sent' || name in nodes(now['properties']))
      .map((name) => `${where}/${name}: ${direction === 'sent' ? 'now required' : 'may now be absent'}`),
    ...Object.entries(nodes(old['properties'])).flatMap(([name, field]) => {
      const then = nodes(now['properties'])[name];
      return then
        ? breakingSchema(pair, field, then, direction, `${where}/${name}`)
        : [`${where}/${name}: removed`];
    }),
  ];
}

/** Compares alternatives by the name to which they refer, or by their type if they have no name. */
function breakingChoices(pair: Pair, old: Node, now: Node, direction: Direction, where: string): string[] {
  const keyOf = ({ $ref, type }: Node): string =>
    typeof $ref === 'string' ? ($ref.split('/').at(-1) ?? '') : JSON.stringify(type ?? null);
  const [had, has] = [list(old['anyOf']), list(now['anyOf'])];
  if (had.length === 0) return [];
  const added =
    direction === 'answered' ? has.filter((one) => !had.some((other) => keyOf(other) === keyOf(one))) : [];
  return [
    ...added.map((one) => `${where}: may now be ${keyOf(one)}`),
    ...had.flatMap((choice) => {
      const then = has.find((one) => keyOf(one) === keyOf(choice));
      if (then) return breakingSchema(pair, choice, then, direction, `${where} ${keyOf(choice)}`);
      return direction === 'sent' ? [`${where}: ${keyOf(choice)} removed`] : [];
    }),
  ];
}

function resolved(document: Node, schema: unknown): Node {
  const { $ref } = node(schema);
  if (typeof $ref !== 'string') return node(schema);
  return $ref
    .split('/')
    .slice(1)
    .reduce<Node>((at, part) => node(at[part]), document);
}

const node = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});
const nodes = (value: unknown): Readonly<Record<string, Node>> =>
  node(value) as Readonly<Record<string, Node>>;
const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as Node[]) : []);
