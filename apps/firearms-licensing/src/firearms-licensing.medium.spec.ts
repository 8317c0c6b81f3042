import { describeUnit } from '#testing';
import unit from './firearms-licensing.unit.ts';

describeUnit(unit);
