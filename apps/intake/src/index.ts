/**
 * The parts of intake that tools and benchmarks may use. Other services do not import them: services share
 * only topics.
 */
export { intakeConfig } from './intake.config.ts';
export { intakeDocuments } from './describe-api/intake.documents.ts';
export { SCENARIOS as SANDBOX_SCENARIOS } from './sandbox/scenarios.ts';
export { ForceEventsConsumer } from './answers/project-events/force-events.consumer.ts';
export { ForceRegister } from './registers/force.register.ts';
export { INTAKE_MIGRATIONS } from './schema/intake.migrations.ts';
export { SubmissionStore, storeIn, type StoreOutcome } from './take-in/submission.store.ts';
export { SharedCommits } from './take-in/shared-commits.ts';
export { claimsOf, type StorableSubmission } from './take-in/submission.ts';
