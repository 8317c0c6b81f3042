import { CivilDate, ListOf, Nested, OneOf, Text } from '#contracts';
import { comparable } from '#kernel';
import type { PayloadRule } from '#unit';

/** Both certificate types need two referees (since 5 August 2025). */
const REFEREES = 2;

export const CERTIFICATE_KINDS = ['firearm', 'shotgun', 'coterminous'] as const;

export const CertificateNumber = (): PropertyDecorator =>
  Text({
    max: 40,
    pattern: '^[A-Za-z0-9][A-Za-z0-9/._-]*$',
    expected: 'a certificate number of letters, digits and / . _ - without spaces, such as EX-000417',
    title: 'Certificate number',
    searched: 'code',
  });

export class Referee {
  @Text({ max: 120, personal: true, title: 'Name' })
  name!: string;

  @Text({ max: 200, personal: true, title: 'Address' })
  address!: string;

  @Text({ max: 120, optional: true, personal: true, title: 'How they know the applicant' })
  relation?: string;
}

/** The information that a doctor gave to the police. The doctor informs; the police decide. */
export class MedicalFacts {
  @Text({ max: 120, personal: true, title: 'Doctor or practice' })
  doctor!: string;

  @CivilDate({ past: true, title: 'Given on' })
  givenOn!: string;

  @OneOf(['nothing-relevant', 'relevant-condition'], { title: 'Finding' })
  finding!: string;

  @Text({ max: 4000, optional: true, personal: true, title: 'Details' })
  details?: string;
}

/** The fields about the person who applies for a certificate of any kind. */
export class ApplicantFields {
  @Text({ max: 120, personal: true, title: 'Applicant', correctable: 'until-claimed', searched: 'words' })
  applicant!: string;

  @CivilDate({
    past: true,
    notAfter: 'applicationReceivedOn',
    personal: true,
    title: 'Date of birth',
    correctable: 'until-claimed',
  })
  bornOn!: string;

  @Text({
    max: 300,
    personal: true,
    title: 'Home address',
    help: 'The chief officer of the area in which the applicant lives makes the decision.',
    correctable: 'until-decided',
  })
  address!: string;

  @CivilDate({
    past: true,
    title: 'Application received by the force on',
    help: 'The four months run from this day, not from the day on which this request arrives.',
  })
  applicationReceivedOn!: string;
}

/** The further fields of an application for a firearm or shotgun certificate. */
export class ApplicantWithRefereesFields extends ApplicantFields {
  @OneOf(CERTIFICATE_KINDS, { title: 'Certificate' })
  certificateKind!: string;

  @ListOf(() => Referee, { min: REFEREES, max: REFEREES, title: 'Referees', correctable: 'until-claimed' })
  referees!: Referee[];

  @Nested(() => MedicalFacts, {
    optional: true,
    title: 'Medical facts',
    help: 'These may follow later, but no certificate is granted without them.',
    correctable: 'until-decided',
  })
  medicalFacts?: MedicalFacts;
}

export const REFEREE_RULES: readonly PayloadRule<ApplicantWithRefereesFields>[] = [
  {
    code: 'RefereesAreTwoPeople',
    pointer: '/referees',
    detail: 'Name two different people as referees',
    holds: ({ referees }) => new Set(referees.map(({ name }) => comparable(name))).size === referees.length,
  },
  {
    code: 'NobodyIsTheirOwnReferee',
    pointer: '/referees',
    detail: 'The applicant cannot be a referee: name another person',
    holds: ({ referees, applicant }) =>
      !referees.some(({ name }) => comparable(name) === comparable(applicant)),
  },
];
