export { ALLIANCE, forcesFrom, type Force } from './force.ts';
export { isUuid, newId } from './ids.ts';
export { systemClock, type Clock } from './clock.ts';
export { canonicalJson, contentHash, type Json } from './canonical-json.ts';
