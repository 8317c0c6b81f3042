import { Decimal, OneOf, Text } from '#contracts';
import { inWords, keptIn, neededWhen, requestType } from '#unit';
import { ApplicantFields } from './applicant.fields.ts';
import { applicantOf } from './application.ts';
import { CertificateDecision } from './certificate.answer.ts';
import { certificateRecords } from './certificate.records.ts';
import { DECISION_RULES } from './decision-faults.ts';
import { feeOfExplosives } from './fees.ts';
import { serviceLevels } from './firearms-licensing.settings.ts';

/** Ten tonnes. A larger quantity is industrial storage, which the police do not certify. */
const QUANTITY_MAX_KILOGRAMS = 10_000;

export class ExplosivesCertificate extends ApplicantFields {
  @OneOf(['acquire', 'acquire-and-keep'], { title: 'What it allows', correctable: 'until-claimed' })
  allows!: string;

  @Text({ max: 200, title: 'Explosives', correctable: 'until-claimed', searched: 'words' })
  explosives!: string;

  @Decimal({
    min: 0,
    max: QUANTITY_MAX_KILOGRAMS,
    title: 'Quantity in kilograms',
    correctable: 'until-claimed',
  })
  quantityKilograms!: number;

  @Text({
    max: 300,
    optional: true,
    title: 'Place of keeping',
    help: 'Needed if the explosives are to be kept.',
    correctable: 'until-claimed',
  })
  keptAt?: string;

  @Text({ max: 1000, title: 'Purpose', correctable: 'until-decided', searched: 'words' })
  purpose!: string;
}

export const explosivesCertificate = requestType(ExplosivesCertificate, CertificateDecision, {
  name: 'explosives-certificate',
  version: 1,
  title: 'Decide on an explosives certificate',
  subject: ({ explosives, allows }) => [explosives, inWords(allows)],
  decision: 'second-person-delegated',
  lawEnforcement: true,
  risk: 5,
  clocks: [
    {
      name: 'decide',
      title: 'Decide on the certificate',
      kind: 'calendar-months',
      amount: serviceLevels.currentValueOf('explosives-certificate.decide'),
      startsFrom: 'applicationReceivedOn',
      pausable: false,
      metBy: 'answered',
      source: '',
    },
  ],
  rules: [
    neededWhen('KeptExplosivesHaveAPlace', 'keptAt', 'Give the place where the explosives are to be kept', {
      field: 'allows',
      is: 'acquire-and-keep',
    }),
  ],
  answerRules: DECISION_RULES,
  records: keptIn(certificateRecords, {
    payload: (application) => ({
      ...applicantOf(application),
      certificateKind: 'explosives',
      feeOn: feeOfExplosives,
    }),
    answer: (decision) => decision,
  }),
  examples: [
    {
      payload: {
        applicant: 'F. Invented',
        bornOn: '1968-03-30',
        address: '13 Invented Road, Exampleton',
        applicationReceivedOn: '2026-02-18',
        allows: 'acquire-and-keep',
        explosives: 'Black powder',
        quantityKilograms: 4.5,
        keptAt: 'Wooden box in the outbuilding that was inspected',
        purpose: 'Historical re-enactment with muzzle-loading muskets.',
      },
      answer: { decision: 'granted', startsOn: '2026-03-25', departsFromGuidance: false },
    },
    {
      payload: {
        applicant: 'G. Invented',
        bornOn: '1990-12-01',
        address: '14 Invented Road, Exampleton',
        applicationReceivedOn: '2026-02-20',
        allows: 'acquire',
        explosives: 'Detonating cord',
        quantityKilograms: 1,
        purpose: 'Removal of tree stumps.',
      },
      answer: {
        decision: 'refused',
        departsFromGuidance: false,
        reasons: 'No training in the use of detonating cord was shown.',
      },
    },
  ],
});
