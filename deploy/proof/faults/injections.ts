import { backlog } from './backlog.ts';
import { poison, repeats } from './bad-messages.ts';
import { failPostgres } from './fail-postgres.ts';
import type { Injection } from './ground.ts';
import { killServices } from './kill-services.ts';
import { shuffleAndReplay } from './shuffle.ts';
import { pauseBroker, restartBroker } from './stop-broker.ts';
import { identityAway, pauseUnit, rebalanceStorm } from './take-over.ts';

/** The harm of each row of the catalogue that can be done. */
export const INJECTIONS: Readonly<Record<number, Injection>> = {
  0: async ({ over }) => {
    over();
    return '';
  },
  1: killServices,
  2: pauseUnit,
  3: restartBroker,
  5: pauseBroker,
  7: failPostgres,
  14: poison,
  15: repeats,
  16: shuffleAndReplay,
  17: rebalanceStorm,
  22: backlog,
  25: identityAway,
};
