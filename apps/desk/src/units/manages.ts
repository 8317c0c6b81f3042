import type { UnitAnswer } from './unit-api.ts';

const MANAGERS: readonly string[] = ['supervisor', 'administrator'];

/** True if the person looks after what all staff of the unit share: ready-made texts and saved lists. */
export const manages = ({ me }: UnitAnswer): boolean => MANAGERS.includes(me.role);
