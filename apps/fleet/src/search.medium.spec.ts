import { describeSearch } from '#testing';
import unit from './fleet.unit.ts';

describeSearch(
  unit,
  [
    ['EX26AAA', 'vehicle-repair', 'Registration mark'],
    ['ex26 aaa', 'vehicle-repair', 'Registration mark'],
    ['EX26', 'vehicle-repair', 'Registration mark'],
    ['EX26 AAA grinding', 'vehicle-repair', 'Registration mark, Description'],
    ['invented estate', 'vehicle-repair', 'Make and model'],
    ['D. Example', 'vehicle-collision', 'Driver'],
    ['bumper crushed', 'vehicle-collision', 'What happened and what is damaged'],
    ['cage', 'vehicle-service', 'Anything else to look at'],
  ],
  ['EX27', 'Sgt', 'response'],
);
