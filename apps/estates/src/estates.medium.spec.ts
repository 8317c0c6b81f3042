import { describeUnit } from '#testing';
import unit from './estates.unit.ts';

describeUnit(unit);
