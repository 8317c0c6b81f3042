import { runUnit } from '#unit';
import unit from './firearms-licensing.unit.ts';

await runUnit(unit);
