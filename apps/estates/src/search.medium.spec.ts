import { describeSearch } from '#testing';
import unit from './estates.unit.ts';

describeSearch(
  unit,
  [
    ['NST-01', 'fault-repair', 'Site code'],
    ['nst 01 vent', 'fault-repair', 'Site code, Description'],
    ['Invented Boilers', 'access-request', 'Organisation'],
    ['photographs', 'access-request', 'Purpose'],
    ['cycle stands', 'minor-works', 'What is wanted'],
    ['telephone', 'minor-works', 'Description and reason'],
  ],
  ['NST02', 'Custody Sgt'],
);
