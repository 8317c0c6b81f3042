import { CivilDate, Nested, OneOf, Text, TextList, YesNo } from '#contracts';
import { MedicalFacts } from './applicant.fields.ts';

/**
 * The decision on an application. It is made in the name of the chief officer of the applicant's area, by a
 * recorded delegation.
 */
export class CertificateDecision {
  @OneOf(['granted', 'refused'], { title: 'Decision' })
  decision!: string;

  @CivilDate({ optional: true, past: false, title: 'Certificate starts on', help: 'Needed when granted.' })
  startsOn?: string;

  @TextList({ max: 30, optional: true, maxLength: 300, title: 'Conditions' })
  conditions?: string[];

  @Nested(() => MedicalFacts, {
    optional: true,
    title: 'Medical facts',
    help: 'Give these if they came after the application.',
  })
  medicalFacts?: MedicalFacts;

  @YesNo({ title: 'Departs from the statutory guidance' })
  departsFromGuidance!: boolean;

  @Text({
    max: 4000,
    optional: true,
    title: 'Reasons',
    help: 'Needed when refused, and when the decision departs from the guidance.',
  })
  reasons?: string;
}

/** The household checks that come before a firearm or shotgun certificate. */
export class CertificateDecisionAfterChecks extends CertificateDecision {
  @CivilDate({
    optional: true,
    past: true,
    title: 'Partner and household interviewed on',
    help: 'Each person is interviewed without the applicant. Leave this out if the applicant lives alone.',
  })
  householdInterviewedOn?: string;

  @YesNo({ title: 'Lives alone' })
  livesAlone!: boolean;

  @CivilDate({ optional: true, past: true, title: 'Social media checked on' })
  socialMediaCheckedOn?: string;

  @YesNo({ title: 'Both referees answered' })
  refereesAnswered!: boolean;
}
