import { describeSearch } from '#testing';
import unit from './firearms-licensing.unit.ts';

describeSearch(
  unit,
  [
    ['EX-000417', 'certificate-renewal', 'Certificate number'],
    ['ex 000417', 'certificate-renewal', 'Certificate number'],
    ['X. Example', 'certificate-renewal', 'Applicant'],
    ['R. Example', 'certificate-grant', 'Applicant'],
    ['D. Invented', 'certificate-variation', 'Holder'],
    ['rifle deer', 'certificate-variation', 'What changes, and why'],
    ['black powder', 'explosives-certificate', 'Explosives'],
    ['re-enactment', 'explosives-certificate', 'Purpose'],
  ],
  ['Surgery', 'Invented Hill', 'Club secretary'],
);
