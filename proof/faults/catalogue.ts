import { noOwnNetwork } from '../network/own-network.ts';
import { noMemoryLimit } from './memory-cgroup.ts';
import { noSmallDisk } from './small-disk.ts';

/** One row of the faults that the system must survive. Pure data: the harness reads it outside the tests that do the harm. */
export interface Fault {
  readonly row: number;
  readonly fault: string;
  readonly how: string;
  /** What it runs on besides the usual system: proxies before PostgreSQL and Kafka, three brokers, or a network of its own. */
  readonly on?: 'proxies' | 'three brokers' | 'own network';
  /** Among the few that every `npm test` runs; 14 and 15 have a test of their own there, kind by kind. */
  readonly everyTest?: true;
  /** What this machine would need to run it. */
  readonly missing?: string | undefined;
}

export const FAULTS: readonly Fault[] = [
  { row: 0, fault: 'nothing at all', how: 'the load alone, so that a red row below means its fault' },
  {
    ...{ row: 1, fault: 'services killed with -9', everyTest: true },
    how: 'intake, then a unit; replicas at the failpoints before commit (intake, unit), after commit before offset (intake, unit), after send before mark',
  },
  {
    row: 2,
    fault: 'a unit paused beyond its session',
    how: 'SIGSTOP 45 s while a second replica takes over, then SIGCONT',
  },
  {
    row: 3,
    fault: 'broker restarted, clean and -9',
    everyTest: true,
    how: 'SIGTERM, then SIGKILL, of its JVM',
  },
  {
    ...{ row: 4, fault: 'three brokers, lose the leader, then two', on: 'three brokers' },
    how: 'a unit’s leader stands still (SIGSTOP), then a second broker; both are killed with -9 and started anew; min.insync.replicas is 2',
  },
  { row: 5, fault: 'broker paused', how: 'SIGSTOP 60 s, then SIGCONT' },
  {
    ...{ row: 6, fault: 'lost produce response', on: 'proxies' },
    how: 'a proxy drops every third answer of the broker to a produce request, then resets its connection instead',
  },
  {
    row: 7,
    fault: 'PostgreSQL killed, restarted, backends terminated',
    everyTest: true,
    how: 'SIGKILL, SIGINT, pg_terminate_backend',
  },
  {
    ...{ row: 8, fault: 'connections exhausted' },
    how: 'somebody else takes every connection of PostgreSQL and cuts the services off, then leaves 20 for all of them',
  },
  {
    ...{ row: 9, fault: 'partition from the broker, from PostgreSQL during COMMIT', on: 'proxies' },
    how: 'proxies hold back: broker both ways 45 s, each way alone 25 s; answers of PostgreSQL 10 s, then its connections are reset',
  },
  {
    row: 10,
    fault: 'connections reset',
    on: 'proxies',
    how: 'proxies reset every connection to PostgreSQL and the broker ten times, every 2 s',
  },
  {
    ...{ row: 11, fault: 'a fifth of the packets lost', on: 'own network', missing: noOwnNetwork() },
    how: 'a filter in a network namespace drops every fifth packet, by chance, to and from PostgreSQL and the broker for 60 s',
  },
  {
    row: 12,
    fault: 'slow broker, slow network',
    on: 'proxies',
    how: 'a proxy adds 400 ms for 45 s, then lets 1 Mbit/s through for 45 s',
  },
  {
    row: 13,
    fault: 'slow consumer',
    on: 'proxies',
    how: 'a batch of a unit waits 40 s for a lock that somebody else holds',
  },
  { row: 14, fault: 'poison', how: 'each kind on a force’s own topic, amid its good messages' },
  {
    row: 15,
    fault: 'duplicates; the same reference with other content',
    how: 'each submission again by both doors',
  },
  {
    ...{ row: 16, fault: 'out of order, with gaps', everyTest: true },
    how: 'what a unit and a force were sent comes again, shuffled, a third left out',
  },
  {
    row: 17,
    fault: 'rebalance storm',
    how: 'a replica of a unit started, and killed 5 s after it joined, four times',
  },
  {
    ...{ row: 18, fault: 'offsets lost, topic truncated' },
    how: 'the groups of intake and a unit deleted; then what waits for the unit, sent again by docs/how-to/close-a-gap.md',
  },
  {
    ...{ row: 19, fault: 'clock skew, rate, step' },
    how: 'a preload moves Date in replicas, no other clock: intake 2 h ahead, a unit 2 h behind, one at double rate, one with a step of 2 h amid the load; their relays take the lead',
  },
  {
    ...{ row: 20, fault: 'disk full: database, then broker', missing: noSmallDisk() },
    how: 'each on an ext4 of 1 GB in a file, filled to the last byte for 20 s and more',
  },
  {
    ...{ row: 21, fault: 'memory limit', missing: noMemoryLimit() },
    how: 'a control group that lets intake, then a unit, take 4 MB more than they have; the kernel kills them amid a burst',
  },
  {
    row: 22,
    fault: 'a backlog in the relay',
    everyTest: true,
    how: '1,000 by REST while the broker stands still, then all at once',
  },
  {
    ...{ row: 23, fault: 'rolling deploy with an old and a new schema' },
    how: 'a next version with one more step of the schema beside the present one, for intake and a unit; the step taken under load, each stopped by SIGTERM in turn',
  },
  {
    ...{ row: 24, fault: 'backup, restored to an earlier moment' },
    how: 'the statements of docs/how-to/back-up-and-restore.md: base backup and archive, all databases back to a point that Kafka and the forces are past, `catch-up`',
  },
  {
    row: 25,
    fault: 'identity provider away',
    how: 'SIGSTOP 20 s: forces and staff go on with the tokens they hold',
  },
];
