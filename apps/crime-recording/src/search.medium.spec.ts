import { describeSearch } from '#testing';
import unit from './crime-recording.unit.ts';

describeSearch(
  unit,
  [
    ['40/18211/2024', 'crime-cancellation', 'Crime reference'],
    ['40 18211 2024', 'crime-cancellation', 'Crime reference'],
    ['recorded twice', 'crime-cancellation', 'Explanation'],
    ['41/30455/2024', 'crime-transfer', 'Crime reference'],
    ['INC-20260302-0141', 'crime-report', 'Incident log reference'],
    ['Mill Lane', 'crime-report', 'Location'],
    ['till drawer', 'crime-report', 'What was reported'],
    ['Lay-by', 'crime-transfer', 'Where it was committed'],
  ],
  ['Orchard Bakery', 'Sam Example'],
);
