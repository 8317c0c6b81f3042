/** One row of the faults that the system must survive. Pure data: the harness reads it outside the tests that do the harm. */
export interface Fault {
  readonly row: number;
  readonly fault: string;
  readonly how: string;
  /** Among the few that every `npm test` runs; 14 and 15 have a test of their own there, kind by kind. */
  readonly everyTest?: true;
  /** Why nobody can run it yet: there is no injection. */
  readonly unwritten?: string;
  /** What this machine would need to run it. */
  readonly missing?: string | undefined;
}

export const FAULTS: readonly Fault[] = [
  { row: 0, fault: 'nothing at all', how: 'the load alone, so that a red row below means its fault' },
  {
    ...{ row: 1, fault: 'services killed with -9', everyTest: true },
    how: 'intake, then a unit; replicas at the failpoints before commit (intake, unit), after commit before offset (intake, unit), after send before mark',
  },
  { row: 2, fault: 'a unit paused beyond its session', how: 'SIGSTOP 45 s while a second replica takes over, then SIGCONT' },
  { row: 3, fault: 'broker restarted, clean and -9', everyTest: true, how: 'SIGTERM, then SIGKILL, of its JVM' },
  notWritten(4, 'three brokers, lose the leader, then two', 'the local start runs one broker'),
  { row: 5, fault: 'broker paused', how: 'SIGSTOP 60 s, then SIGCONT' },
  notWritten(6, 'lost produce response', 'needs a proxy in front of the broker'),
  { row: 7, fault: 'PostgreSQL killed, restarted, backends terminated', everyTest: true, how: 'SIGKILL, SIGINT, pg_terminate_backend' },
  notWritten(8, 'connections exhausted', 'needs a cluster of its own with few connections'),
  notWritten(9, 'partition between a service and the broker', 'needs network namespaces and nft'),
  notWritten(10, 'connections reset', 'needs network namespaces and nft'),
  notWritten(11, 'a fifth of the packets lost', 'needs network namespaces and tc'),
  notWritten(12, 'slow broker, slow network', 'needs a proxy in front of the broker'),
  notWritten(13, 'slow consumer', 'needs a failpoint that waits'),
  { row: 14, fault: 'poison', how: 'each kind on a force’s own topic, amid its good messages' },
  { row: 15, fault: 'duplicates; the same reference with other content', how: 'each submission again by both doors' },
  {
    ...{ row: 16, fault: 'out of order, with gaps', everyTest: true },
    how: 'what a unit and a force were sent comes again, shuffled, a third left out',
  },
  { row: 17, fault: 'rebalance storm', how: 'a replica of a unit started, and killed 5 s after it joined, four times' },
  notWritten(18, 'offsets lost, topic truncated', 'needs an administrator’s tool of the broker'),
  notWritten(19, 'clock skew, rate, step', 'needs faketime'),
  notWritten(20, 'disk full', 'needs a file system of a fixed size'),
  notWritten(21, 'memory limit', 'needs a control group'),
  { row: 22, fault: 'a backlog in the relay', everyTest: true, how: '1,000 by REST while the broker stands still, then all at once' },
  notWritten(23, 'rolling deploy with an old and a new schema', 'there is one schema so far'),
  notWritten(24, 'backup, restored elsewhere', 'the embedded PostgreSQL brings no pg_basebackup and no pg_dump'),
  { row: 25, fault: 'identity provider away', how: 'SIGSTOP 20 s: forces and staff go on with the tokens they hold' },
];

function notWritten(row: number, fault: string, why: string): Fault {
  return { row, fault, how: '', unwritten: why };
}
