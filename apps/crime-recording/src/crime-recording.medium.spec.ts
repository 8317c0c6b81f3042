import { describeUnit } from '#testing';
import unit from './crime-recording.unit.ts';

describeUnit(unit);
