import { runUnit } from '#unit';
import unit from './legal.unit.ts';

await runUnit(unit);
