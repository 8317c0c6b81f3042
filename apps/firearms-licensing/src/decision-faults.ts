import type { FieldError } from '#contracts';
import { answerFault } from '#unit';
import type { ApplicantWithRefereesFields } from './applicant.fields.ts';
import type { CertificateDecision, CertificateDecisionAfterChecks } from './certificate.answer.ts';

/** Finds the faults of a decision on any certificate. */
export function faultsOfDecision(decision: CertificateDecision): FieldError[] {
  const faults: FieldError[] = [];
  const granted = decision.decision === 'granted';
  if (!decision.reasons) {
    if (!granted)
      faults.push(
        answerFault<CertificateDecision>('reasons', 'ReasonsNeeded', 'Give the reasons for the refusal'),
      );
    else if (decision.departsFromGuidance) {
      const detail = 'Give written reasons, because the decision departs from the guidance';
      faults.push(answerFault<CertificateDecision>('reasons', 'ADepartureFromGuidanceHasReasons', detail));
    }
  }
  if (!granted) return faults;
  if (!decision.startsOn)
    faults.push(
      answerFault<CertificateDecision>(
        'startsOn',
        'AGrantHasAStart',
        'Give the day on which the certificate starts',
      ),
    );
  return faults;
}

/** Finds the faults of a decision on a firearm or shotgun certificate, which needs checks before a grant. */
export function faultsAfterChecks(
  decision: CertificateDecisionAfterChecks,
  { medicalFacts }: ApplicantWithRefereesFields,
): FieldError[] {
  const faults = faultsOfDecision(decision);
  if (decision.decision !== 'granted') return faults;
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
  const checkFaults = missing.flatMap(([isMissing, field, code, detail]) =>
    isMissing ? [answerFault<CertificateDecisionAfterChecks>(field, code, detail)] : [],
  );
  return [...faults, ...checkFaults];
}
