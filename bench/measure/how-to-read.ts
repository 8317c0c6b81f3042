/** One sentence for readers above each table of docs/reference/bench.md: what a row is, and which way is better. */
export const HOW_TO_READ = {
  door: 'each row is a door that takes and stores requests; where `ours ÷ this` is above 1, Concordat takes more requests a second than that door.',
  life: 'each row is a way to bring requests from the force to the unit and the answers back; where `ours ÷ this` is above 1, Concordat brings back more answers a second than that way.',
  legs: 'each row is one step of that way when nothing else runs; all steps share the same processors, so together they allow the last figure and no more.',
  delays:
    'each row is how long a person or a system waits; half of all requests are as quick as p50 or quicker, and one in a hundred takes longer than p99.',
  depth:
    'each row has more open requests than the one above; speed and the waiting time for a page of the queue should hardly change.',
  consume:
    'each row is how fast messages of a topic are read; ours stores them as requests as well, and the last row is the most that Kafka and PostgreSQL together allow here.',
  start: 'each row is how long it takes from `npm start` to “Ready”, with all packages installed before.',
  footprint: 'each row is one process and its memory; the sum of a column is what the machine needs.',
  fairness:
    'each row is how long the quiet force waits for its 201; beside a force that floods, it should wait no more than twice as long as alone.',
  memory:
    'each row is one service; an increase of about 0 MB an hour means that its memory does not grow with time.',
} as const;

export type Table = keyof typeof HOW_TO_READ;
