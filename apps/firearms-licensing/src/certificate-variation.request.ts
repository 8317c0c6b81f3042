import { CivilDate, OneOf, Text, Whole, YesNo } from '#contracts';
import { inWords, keptIn, requestType } from '#unit';
import { CERTIFICATE_KINDS, CertificateNumber } from './applicant.fields.ts';
import { CertificateDecision } from './certificate.answer.ts';
import { certificateRecords } from './certificate.records.ts';
import { DECISION_RULES } from './decision-faults.ts';
import { feeOfVariation } from './fees.ts';
import { serviceLevels } from './firearms-licensing.settings.ts';

/** No certificate lists as many guns. */
const GUNS_MAX = 500;

export class CertificateVariation {
  @CertificateNumber()
  certificateNumber!: string;

  @OneOf(CERTIFICATE_KINDS, { title: 'Certificate' })
  certificateKind!: string;

  @Text({ max: 120, personal: true, title: 'Holder', correctable: 'until-claimed', searched: 'words' })
  holder!: string;

  @CivilDate({ past: true, title: 'Application received by the force on' })
  applicationReceivedOn!: string;

  @Whole({ min: 0, max: GUNS_MAX, title: 'Number of guns allowed now', correctable: 'until-claimed' })
  gunsNow!: number;

  @Whole({ min: 0, max: GUNS_MAX, title: 'Number of guns asked for', correctable: 'until-claimed' })
  gunsAskedFor!: number;

  @YesNo({ title: 'Asked for together with a renewal' })
  withRenewal!: boolean;

  @Text({
    max: 2000,
    personal: true,
    title: 'What changes, and why',
    correctable: 'until-decided',
    searched: 'words',
  })
  change!: string;
}

export const certificateVariation = requestType(CertificateVariation, CertificateDecision, {
  name: 'certificate-variation',
  version: 1,
  title: 'Decide on a variation of a certificate',
  subject: ({ certificateNumber, certificateKind }) => [certificateNumber, inWords(certificateKind)],
  decision: 'second-person-delegated',
  lawEnforcement: true,
  risk: 3,
  clocks: [
    {
      name: 'decide',
      title: 'Decide on the variation',
      kind: 'working-days',
      amount: serviceLevels.currentValueOf('certificate-variation.decide'),
      startsFrom: 'applicationReceivedOn',
      pausable: false,
      metBy: 'answered',
      source: '',
    },
  ],
  answerRules: DECISION_RULES,
  records: keptIn(certificateRecords, {
    payload: (variation) => ({
      holder: variation.holder,
      bornOn: null,
      receivedOn: variation.applicationReceivedOn,
      certificateNumber: variation.certificateNumber,
      certificateKind: variation.certificateKind,
      guns: variation.gunsAskedFor,
      feeOn: (day) => feeOfVariation(variation, day),
    }),
    answer: (decision) => decision,
  }),
  examples: [
    {
      payload: {
        certificateNumber: 'EX-000512',
        certificateKind: 'firearm',
        holder: 'D. Invented',
        applicationReceivedOn: '2026-02-25',
        gunsNow: 2,
        gunsAskedFor: 2,
        withRenewal: false,
        change: 'One .243 rifle exchanged for a .308 rifle, for deer on the land already inspected.',
      },
      answer: { decision: 'granted', startsOn: '2026-03-10', departsFromGuidance: false },
    },
    {
      payload: {
        certificateNumber: 'EX-000613',
        certificateKind: 'firearm',
        holder: 'E. Invented',
        applicationReceivedOn: '2026-02-27',
        gunsNow: 1,
        gunsAskedFor: 3,
        withRenewal: false,
        change: 'Two rifles more for target shooting at the club named on the certificate.',
      },
      answer: {
        decision: 'refused',
        departsFromGuidance: false,
        reasons: 'The club confirms membership but not regular attendance.',
      },
    },
  ],
});
