/**
 * A sentence above each table of docs/reference/bench.md explains the rows and says which values are better.
 */
export const HOW_TO_READ = {
  door: 'each row is a door that takes and stores requests; where `ours ÷ this` is above 1, Concordat takes more requests a second than that door.',
  life: 'each row is a system that brings requests from the force to the unit and the answers back; where `ours ÷ this` is above 1, Concordat brings back more answers a second than that system.',
  legs: 'each row is one step of that path when nothing else runs; all steps share the same processors, so the whole path cannot be faster than the limit in the table.',
  delays:
    'each row is the time that a person or a system waits; half of all requests take p50 or less, and one in a hundred takes longer than p99.',
  depth:
    'each row has more open requests than the row above; the speed and the waiting time for a page of the queue should hardly change.',
  consume:
    'each row is the speed of reading messages from a topic; ours also stores them as requests, and the last row is the most that Kafka and PostgreSQL together allow on this machine.',
  start: 'each row is the time from `npm start` to “Ready”, with all packages installed before.',
  footprint:
    'each row is one process and its memory; the machine needs the sum of a column, and PostgreSQL in addition.',
  fairness:
    'each row is the time that the quiet force waits for its 201; beside a force that floods the service, it should wait at most twice as long as alone.',
  memory: 'each row is one service; about 0 MB an hour means that its memory does not grow over time.',
  'desk-pages':
    'each row is a page of the staff desk, read while fifty people use it; nineteen of twenty readings take p95 or less.',
  'unit-search':
    'each row is a search at the unit’s API by one person alone; nineteen of twenty take p95 or less.',
  'desk-size': 'each row is what a browser loads or what the desk needs; less is better.',
} as const;

export type Table = keyof typeof HOW_TO_READ;
