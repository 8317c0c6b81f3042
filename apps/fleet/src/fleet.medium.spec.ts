import { describeUnit } from '#testing';
import unit from './fleet.unit.ts';

describeUnit(unit);
