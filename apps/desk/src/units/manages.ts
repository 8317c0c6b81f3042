import type { UnitAnswer } from './unit-api.ts';

const MANAGERS: readonly string[] = ['supervisor', 'administrator'];

/** True if the person looks after what all staff of the unit share: ready-made texts and saved lists. */
export const manages = ({ me }: UnitAnswer): boolean => MANAGERS.includes(me.role);

/** True if the person leads the work of the unit. */
export const supervises = ({ me }: UnitAnswer): boolean => me.role === 'supervisor';

/** True if the person may see who has how much work: people who lead it, and people who audit it. */
export const seesTeam = (unit: UnitAnswer): boolean => supervises(unit) || unit.me.role === 'auditor';
