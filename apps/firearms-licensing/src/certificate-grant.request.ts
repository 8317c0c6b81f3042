import { dayInWords, inWords, keptIn, requestType } from '#unit';
import { ApplicantWithRefereesFields, REFEREE_RULES } from './applicant.fields.ts';
import { applicantOf } from './application.ts';
import { CertificateDecisionAfterChecks } from './certificate.answer.ts';
import { certificateRecords } from './certificate.records.ts';
import { DECISION_RULES_AFTER_CHECKS, faultsAfterChecks } from './decision-faults.ts';
import { feeOfCertificate } from './fees.ts';
import { FOUR_MONTH_CLOCK } from './certificate-clocks.ts';

export class CertificateGrant extends ApplicantWithRefereesFields {}

export const certificateGrant = requestType(CertificateGrant, CertificateDecisionAfterChecks, {
  name: 'certificate-grant',
  version: 1,
  title: 'Decide on a first certificate',
  subject: ({ certificateKind, applicationReceivedOn }) => [
    inWords(certificateKind),
    `received ${dayInWords(applicationReceivedOn)}`,
  ],
  decision: 'second-person-delegated',
  lawEnforcement: true,
  // Policy of this unit: a grant has the same risk as a renewal lodged in time, so neither is preferred.
  risk: ({ medicalFacts }) => (medicalFacts?.finding === 'relevant-condition' ? 6 : 4),
  clocks: [FOUR_MONTH_CLOCK],
  rules: REFEREE_RULES,
  answerRules: DECISION_RULES_AFTER_CHECKS,
  answerFaults: faultsAfterChecks,
  records: keptIn(certificateRecords, {
    payload: (application) => ({
      ...applicantOf(application),
      certificateKind: application.certificateKind,
      feeOn: (day) => feeOfCertificate('grant', application.certificateKind, day),
    }),
    answer: (decision) => decision,
  }),
  examples: [
    {
      payload: {
        applicant: 'R. Example',
        bornOn: '1979-11-03',
        address: '1 Invented Farm, Exampleton',
        applicationReceivedOn: '2026-02-16',
        certificateKind: 'shotgun',
        referees: [
          {
            name: 'S. Example',
            address: '2 Invented Lane, Exampleton',
            relation: 'Neighbour for nine years',
          },
          { name: 'T. Example', address: '3 Invented Lane, Exampleton', relation: 'Club secretary' },
        ],
        medicalFacts: { doctor: 'Invented Surgery', givenOn: '2026-02-12', finding: 'nothing-relevant' },
      },
      answer: {
        decision: 'granted',
        startsOn: '2026-03-20',
        conditions: ['Shotguns are kept in the cabinet that was inspected'],
        departsFromGuidance: false,
        householdInterviewedOn: '2026-03-10',
        livesAlone: false,
        socialMediaCheckedOn: '2026-03-09',
        refereesAnswered: true,
      },
    },
    {
      payload: {
        applicant: 'U. Example',
        bornOn: '1995-05-21',
        address: '4 Invented Street, Exampleton',
        applicationReceivedOn: '2026-01-31',
        certificateKind: 'firearm',
        referees: [
          { name: 'V. Example', address: '5 Invented Street, Exampleton' },
          { name: 'W. Example', address: '6 Invented Street, Exampleton' },
        ],
      },
      answer: {
        decision: 'refused',
        departsFromGuidance: false,
        livesAlone: true,
        refereesAnswered: true,
        reasons: 'No good reason for the rifles asked for: the land named is not suitable for the calibre.',
      },
    },
  ],
});
