import type { FieldError } from '#contracts';
import { answerFault, neededWhen, refusedWhen, type PayloadRule } from '#unit';
import type { ApplicantWithRefereesFields } from './applicant.fields.ts';
import type { CertificateDecision, CertificateDecisionAfterChecks } from './certificate.answer.ts';

/** The rules of a decision on any certificate. */
export const DECISION_RULES = [
  neededWhen<CertificateDecision>('ReasonsNeeded', 'reasons', 'Give the reasons for the refusal', {
    field: 'decision',
    is: 'refused',
  }),
  neededWhen<CertificateDecision>(
    'ADepartureFromGuidanceHasReasons',
    'reasons',
    'Give written reasons, because the decision departs from the guidance',
    { field: 'departsFromGuidance', is: true },
  ),
  neededWhen<CertificateDecision>(
    'AGrantHasAStart',
    'startsOn',
    'Give the day on which the certificate starts',
    {
      field: 'decision',
      is: 'granted',
    },
  ),
  refusedWhen<CertificateDecision>(
    'ARefusalHasNoStart',
    'startsOn',
    'Leave the start out, because the certificate is refused',
    { field: 'decision', is: 'refused' },
  ),
  refusedWhen<CertificateDecision>(
    'ARefusalHasNoConditions',
    'conditions',
    'Leave the conditions out, because the certificate is refused',
    { field: 'decision', is: 'refused' },
  ),
];

/** The rules of a decision on a firearm or shotgun certificate. */
export const DECISION_RULES_AFTER_CHECKS: readonly PayloadRule<CertificateDecisionAfterChecks>[] = [
  ...DECISION_RULES,
  refusedWhen<CertificateDecisionAfterChecks>(
    'NoHouseholdOfOne',
    'householdInterviewedOn',
    'Leave the interview of the household out, because the applicant lives alone',
    { field: 'livesAlone', is: true },
  ),
];

/** Finds the checks that are missing before a firearm or shotgun certificate is granted. */
export function faultsAfterChecks(
  decision: CertificateDecisionAfterChecks,
  { medicalFacts }: ApplicantWithRefereesFields,
): FieldError[] {
  if (decision.decision !== 'granted') return [];
  const missing: readonly (readonly [boolean, keyof CertificateDecisionAfterChecks, string, string])[] = [
    [
      !medicalFacts && !decision.medicalFacts,
      'medicalFacts',
      'NoGrantWithoutMedicalFacts',
      'Give the medical facts: no certificate is granted without them',
    ],
    [
      !decision.refereesAnswered,
      'refereesAnswered',
      'BothRefereesAnswer',
      'Wait until both referees have answered: no certificate is granted before',
    ],
    [
      !decision.livesAlone && !decision.householdInterviewedOn,
      ...(['householdInterviewedOn', 'TheHouseholdIsInterviewed'] as const),
      'Interview the partner and household first, each person separately, and give the day',
    ],
    [
      !decision.socialMediaCheckedOn,
      'socialMediaCheckedOn',
      'SocialMediaAreChecked',
      'Check social media first, and give the day',
    ],
  ];
  return missing.flatMap(([isMissing, field, code, detail]) =>
    isMissing ? [answerFault<CertificateDecisionAfterChecks>(field, code, detail)] : [],
  );
}
