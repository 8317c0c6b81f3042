import { backlog } from './backlog.ts';
import { poison, repeats } from './bad-messages.ts';
import { partition, resetConnections, slowNetwork } from './bad-network.ts';
import { exhaustConnections } from './exhaust-connections.ts';
import { failPostgres } from './fail-postgres.ts';
import { fillDisks } from './fill-disk.ts';
import type { Injection } from './fault-environment.ts';
import { killServices } from './kill-services.ts';
import { loseBrokers } from './lose-brokers.ts';
import { loseOffsets } from './lose-offsets.ts';
import { losePackets } from './lose-packets.ts';
import { loseProduceReplies } from './lose-replies.ts';
import { limitMemory } from './memory-limit.ts';
import { restoreBackup } from './restore-backup.ts';
import { rollingDeploy } from './rolling-deploy.ts';
import { shiftClocks } from './shift-clocks.ts';
import { shuffleAndReplay } from './replay-shuffled.ts';
import { slowConsumer } from './slow-consumer.ts';
import { pauseBroker, restartBroker } from './stop-broker.ts';
import { identityAway, pauseUnit, rebalanceStorm } from './pause-services.ts';

/** The harm of each row of the catalogue that can be done. */
export const INJECTIONS: Readonly<Record<number, Injection>> = {
  0: async ({ over }) => {
    over();
    return '';
  },
  1: killServices,
  2: pauseUnit,
  3: restartBroker,
  4: loseBrokers,
  5: pauseBroker,
  6: loseProduceReplies,
  7: failPostgres,
  8: exhaustConnections,
  9: partition,
  10: resetConnections,
  11: losePackets,
  12: slowNetwork,
  13: slowConsumer,
  14: poison,
  15: repeats,
  16: shuffleAndReplay,
  17: rebalanceStorm,
  18: loseOffsets,
  19: shiftClocks,
  20: fillDisks,
  21: limitMemory,
  22: backlog,
  23: rollingDeploy,
  24: restoreBackup,
  25: identityAway,
};
