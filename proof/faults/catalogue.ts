import { missingForOwnNetwork } from '../network/own-network.ts';
import { missingForMemoryLimit } from './memory-cgroup.ts';
import { missingForSmallDisk } from './small-disk.ts';

/**
 * A fault that the system must survive. This is pure data, because programs other than the tests read it too.
 */
export interface Fault {
  readonly row: number;
  readonly fault: string;
  readonly how: string;
  /** The row needs a special system: proxies before the servers, three brokers, or a private network. */
  readonly on?: 'proxies' | 'three brokers' | 'own network';
  /** Every `npm test` runs this row. Rows 14 and 15 have their own tests there, in more detail. */
  readonly everyTest?: true;
  /** The requirement of the row that this machine does not meet. */
  readonly missing?: string | undefined;
}

export const FAULTS: readonly Fault[] = [
  { row: 0, fault: 'no fault', how: 'load only, so that a failure in another row comes from its fault' },
  {
    ...{ row: 1, fault: 'services killed with -9', everyTest: true },
    how: 'intake, then a unit; then replicas at failpoints: before the commit (intake, unit), between commit and offset (intake, unit), between send and mark (relay)',
  },
  {
    row: 2,
    fault: 'unit paused longer than its Kafka session',
    how: 'SIGSTOP for 45 s while a second replica takes over, then SIGCONT',
  },
  {
    row: 3,
    fault: 'broker restarted, cleanly and with -9',
    everyTest: true,
    how: 'SIGTERM, then SIGKILL to its JVM',
  },
  {
    ...{ row: 4, fault: 'one, then two of three brokers lost', on: 'three brokers' },
    how: 'the leader of a unit’s topic is paused (SIGSTOP), then a second broker; both are killed with -9 and restarted; min.insync.replicas is 2',
  },
  { row: 5, fault: 'broker paused', how: 'SIGSTOP for 60 s, then SIGCONT' },
  {
    ...{ row: 6, fault: 'produce responses lost', on: 'proxies' },
    how: 'a proxy drops every third response to a produce request; then every third one with its connection; then all for 20 s',
  },
  {
    row: 7,
    fault: 'PostgreSQL killed, restarted, backends terminated',
    everyTest: true,
    how: 'SIGKILL, SIGINT, pg_terminate_backend',
  },
  {
    ...{ row: 8, fault: 'connections exhausted' },
    how: 'another client takes every connection of PostgreSQL, then gives 20 back for all services together',
  },
  {
    ...{
      row: 9,
      fault: 'network partition from the broker, and from PostgreSQL during COMMIT',
      on: 'proxies',
    },
    how: 'proxies hold back all broker traffic for 45 s, then each direction for 25 s; then the answers of PostgreSQL for 10 s before its connections are reset',
  },
  {
    row: 10,
    fault: 'connections reset',
    on: 'proxies',
    how: 'proxies reset every connection to PostgreSQL and the broker, ten times at intervals of 2 s',
  },
  {
    ...{ row: 11, fault: 'one in five packets lost', on: 'own network', missing: missingForOwnNetwork() },
    how: 'a filter in a network namespace drops one in five packets, at random, to and from PostgreSQL and the broker for 60 s',
  },
  {
    row: 12,
    fault: 'slow broker, slow network',
    on: 'proxies',
    how: 'a proxy adds a delay of 400 ms for 45 s, then limits the broker’s traffic to 1 Mbit/s for 45 s',
  },
  {
    row: 13,
    fault: 'slow consumer',
    on: 'proxies',
    how: 'a unit’s batch waits 40 s for a lock that another client holds',
  },
  { row: 14, fault: 'bad messages', how: 'each kind on a force’s own topic, among its good messages' },
  {
    row: 15,
    fault: 'duplicates; the same reference with different content',
    how: 'each submission again, over REST and Kafka',
  },
  {
    ...{ row: 16, fault: 'messages out of order, with gaps', everyTest: true },
    how: 'two thirds of the messages to a unit and to the forces are sent again, in random order',
  },
  {
    row: 17,
    fault: 'repeated rebalances',
    how: 'a replica of a unit is started, and killed 5 s after it joined, four times',
  },
  {
    ...{ row: 18, fault: 'offsets lost, topic truncated' },
    how: 'the consumer groups of intake and a unit are deleted; then the unit’s unread messages, which are sent again by docs/how-to/close-a-gap.md',
  },
  {
    ...{ row: 19, fault: 'clocks wrong: offset, rate, step' },
    how: 'only Date is changed, in replicas: intake 2 h ahead, one unit 2 h behind, one at double speed, one with a step of 2 h under load; their relays become leaders',
  },
  {
    ...{ row: 20, fault: 'disk full: database, then broker', missing: missingForSmallDisk() },
    how: 'each on its own ext4 file system of 1 GB, filled to the last byte for at least 20 s',
  },
  {
    ...{ row: 21, fault: 'memory limit', missing: missingForMemoryLimit() },
    how: 'a control group lets intake, then a unit, allocate 4 MB more; the kernel kills each during a burst',
  },
  {
    row: 22,
    fault: 'backlog in the relay',
    everyTest: true,
    how: '1,000 requests over REST while the broker is paused; then the broker continues',
  },
  {
    ...{ row: 23, fault: 'rolling deployment with an old and a new schema' },
    how: 'the next version, with one more migration, runs beside the present one, for intake and a unit; the migration runs under load, and the present ones are restarted in turn (SIGTERM)',
  },
  {
    ...{ row: 24, fault: 'backup restored to an earlier moment' },
    how: 'the steps of docs/how-to/back-up-and-restore.md: base backup and archive, all databases restored to a point before the newest messages, `catch-up`',
  },
  {
    row: 25,
    fault: 'identity provider unavailable',
    how: 'SIGSTOP for 20 s: forces and staff go on with their valid tokens',
  },
];
