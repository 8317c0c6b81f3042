import { runUnit } from '#unit';
import unit from './fleet.unit.ts';

await runUnit(unit);
