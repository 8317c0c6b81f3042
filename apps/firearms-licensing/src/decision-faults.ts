import type { FieldError } from '#contracts';
import { answerFault } from '#unit';
import type { AnApplicantWithReferees } from './applicant.fields.ts';
import type { CertificateDecision, CertificateDecisionAfterChecks } from './certificate.answer.ts';

/** The faults of a decision on any certificate. */
export function faultsOfDecision(decision: CertificateDecision): FieldError[] {
  const faults: FieldError[] = [];
  const granted = decision.decision === 'granted';
  if (!decision.reasons) {
    if (!granted)
      faults.push(answerFault<CertificateDecision>('reasons', 'ReasonsNeeded', 'Say why it is refused'));
    else if (decision.departsFromGuidance) {
      const detail = 'Departing from the guidance needs written reasons in each case';
      faults.push(answerFault<CertificateDecision>('reasons', 'ADepartureFromGuidanceHasReasons', detail));
    }
  }
  if (!granted) return faults;
  if (!decision.startsOn)
    faults.push(
      answerFault<CertificateDecision>(
        'startsOn',
        'AGrantHasAStart',
        'Say on which day the certificate starts',
      ),
    );
  return faults;
}

/** The faults of a decision on a firearm or shotgun certificate, which is granted only after the checks. */
export function faultsAfterChecks(
  decision: CertificateDecisionAfterChecks,
  { medicalFacts }: AnApplicantWithReferees,
): FieldError[] {
  const faults = faultsOfDecision(decision);
  if (decision.decision !== 'granted') return faults;
  const missing: readonly (readonly [boolean, keyof CertificateDecisionAfterChecks, string, string])[] = [
    [
      !medicalFacts && !decision.medicalFacts,
      'medicalFacts',
      'NoGrantWithoutMedicalFacts',
      'Nothing is granted without medical facts',
    ],
    [
      !decision.refereesAnswered,
      'refereesAnswered',
      'BothRefereesAnswer',
      'Nothing is granted before both referees have answered',
    ],
    [
      !decision.livesAlone && !decision.householdInterviewedOn,
      ...(['householdInterviewedOn', 'TheHouseholdIsInterviewed'] as const),
      'The partner and household are interviewed first, each separately',
    ],
    [
      !decision.socialMediaCheckedOn,
      'socialMediaCheckedOn',
      'SocialMediaAreChecked',
      'Social media are checked first',
    ],
  ];
  const ofChecks = missing.flatMap(([isMissing, field, code, detail]) =>
    isMissing ? [answerFault<CertificateDecisionAfterChecks>(field, code, detail)] : [],
  );
  return [...faults, ...ofChecks];
}
