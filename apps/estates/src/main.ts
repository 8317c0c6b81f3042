import { runUnit } from '#unit';
import unit from './estates.unit.ts';

await runUnit(unit);
