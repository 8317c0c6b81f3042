import { CivilDate } from '#contracts';
import { inWords, keptIn, requestType } from '#unit';
import { ApplicantWithRefereesFields, CertificateNumber, REFEREE_RULES } from './applicant.fields.ts';
import { LAPSE_CLOCKS, FOUR_MONTH_CLOCK, extendedUntil } from './certificate-clocks.ts';
import { applicantOf } from './application.ts';
import { CertificateDecisionAfterChecks } from './certificate.answer.ts';
import { certificateRecords } from './certificate.records.ts';
import { DECISION_RULES_AFTER_CHECKS, faultsAfterChecks } from './decision-faults.ts';
import { feeOfCertificate } from './fees.ts';

export class CertificateRenewal extends ApplicantWithRefereesFields {
  @CertificateNumber()
  certificateNumber!: string;

  @CivilDate({
    past: false,
    title: 'Old certificate expires on',
    help: 'The last day on which it is in force.',
  })
  expiresOn!: string;
}

export const certificateRenewal = requestType(CertificateRenewal, CertificateDecisionAfterChecks, {
  name: 'certificate-renewal',
  version: 1,
  title: 'Decide on the renewal of a certificate',
  subject: ({ certificateNumber, certificateKind }) => [certificateNumber, inWords(certificateKind)],
  decision: 'second-person-delegated',
  lawEnforcement: true,
  // Without the extension, a late decision leads to unlawful possession or to a temporary permit. Both count
  // as a failure.
  risk: ({ expiresOn, applicationReceivedOn, medicalFacts }) => {
    if (extendedUntil(expiresOn, applicationReceivedOn) === null) return 7;
    return medicalFacts?.finding === 'relevant-condition' ? 6 : 4;
  },
  clocks: [FOUR_MONTH_CLOCK, ...LAPSE_CLOCKS],
  rules: REFEREE_RULES,
  answerRules: DECISION_RULES_AFTER_CHECKS,
  answerFaults: faultsAfterChecks,
  records: keptIn(certificateRecords, {
    payload: (application) => ({
      ...applicantOf(application),
      certificateNumber: application.certificateNumber,
      oldExpiresOn: application.expiresOn,
      certificateKind: application.certificateKind,
      feeOn: (day) => feeOfCertificate('renewal', application.certificateKind, day),
    }),
    answer: (decision) => decision,
  }),
  examples: [
    {
      payload: {
        applicant: 'X. Example',
        bornOn: '1961-02-14',
        address: '7 Invented Hill, Exampleton',
        applicationReceivedOn: '2026-02-02',
        certificateKind: 'coterminous',
        certificateNumber: 'EX-000417',
        expiresOn: '2026-05-01',
        referees: [
          { name: 'Y. Example', address: '8 Invented Hill, Exampleton' },
          { name: 'Z. Example', address: '9 Invented Hill, Exampleton' },
        ],
        medicalFacts: { doctor: 'Invented Surgery', givenOn: '2026-01-28', finding: 'nothing-relevant' },
      },
      answer: {
        decision: 'granted',
        startsOn: '2026-05-02',
        departsFromGuidance: false,
        householdInterviewedOn: '2026-03-02',
        livesAlone: false,
        socialMediaCheckedOn: '2026-02-24',
        refereesAnswered: true,
      },
    },
    {
      payload: {
        applicant: 'A. Invented',
        bornOn: '1970-08-08',
        address: '10 Invented Row, Exampleton',
        applicationReceivedOn: '2026-03-01',
        certificateKind: 'firearm',
        certificateNumber: 'EX-000988',
        expiresOn: '2026-04-10',
        referees: [
          { name: 'B. Invented', address: '11 Invented Row, Exampleton' },
          { name: 'C. Invented', address: '12 Invented Row, Exampleton' },
        ],
      },
      answer: {
        decision: 'granted',
        startsOn: '2026-04-08',
        medicalFacts: {
          doctor: 'Another Invented Surgery',
          givenOn: '2026-03-19',
          finding: 'nothing-relevant',
        },
        departsFromGuidance: true,
        reasons: 'One referee has moved abroad and was spoken to by video instead of in person.',
        livesAlone: true,
        socialMediaCheckedOn: '2026-03-12',
        refereesAnswered: true,
      },
    },
  ],
});
