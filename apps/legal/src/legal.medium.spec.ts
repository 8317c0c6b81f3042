import { describeUnit } from '#testing';
import unit from './legal.unit.ts';

describeUnit(unit);
