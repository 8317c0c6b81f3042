import { runUnit } from '#unit';
import unit from './crime-recording.unit.ts';

await runUnit(unit);
