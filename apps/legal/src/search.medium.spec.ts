import { describeSearch } from '#testing';
import unit from './legal.unit.ts';

describeSearch(
  unit,
  [
    ['vehicle lease', 'advice', 'Subject'],
    ['custody vans', 'advice', 'Question'],
    ['O. Example', 'civil-claim', 'Claimant'],
    ['Invented Solicitors', 'civil-claim', "Claimant's representative"],
    ['custody officer', 'civil-claim', 'What is alleged'],
    ['DAPN 0001', 'domestic-abuse-protection-order', 'Notice reference'],
    ['I. Example', 'domestic-abuse-protection-order', 'Person the notice is against'],
  ],
  ['threats heard', 'procurement'],
);
