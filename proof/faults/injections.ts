import { buildBacklog } from './backlog.ts';
import { sendPoison, sendRepeats } from './bad-messages.ts';
import { partitionNetwork, resetConnections, slowDownNetwork } from './bad-network.ts';
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
import { rollOutNextBuild } from './rolling-deploy.ts';
import { shiftClocks } from './shift-clocks.ts';
import { replayShuffled } from './replay-shuffled.ts';
import { slowDownConsumer } from './slow-consumer.ts';
import { pauseBroker, restartBroker } from './stop-broker.ts';
import { pauseIdentityProvider, pauseUnit, repeatRebalances } from './pause-services.ts';

/** The injection of each row of the catalogue. */
export const INJECTIONS: Readonly<Record<number, Injection>> = {
  0: async ({ markFaultEnd }) => {
    markFaultEnd();
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
  9: partitionNetwork,
  10: resetConnections,
  11: losePackets,
  12: slowDownNetwork,
  13: slowDownConsumer,
  14: sendPoison,
  15: sendRepeats,
  16: replayShuffled,
  17: repeatRebalances,
  18: loseOffsets,
  19: shiftClocks,
  20: fillDisks,
  21: limitMemory,
  22: buildBacklog,
  23: rollOutNextBuild,
  24: restoreBackup,
  25: pauseIdentityProvider,
};
