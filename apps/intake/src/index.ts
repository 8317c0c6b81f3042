/** Everything of intake that the tools and the benchmark may use. Other services do not import it: they share topics only. */
export { intakeConfig } from './intake.config.ts';
export { intakeDocuments } from './describe-api/intake.documents.ts';
export { SCENARIOS as SANDBOX_SCENARIOS } from './sandbox/scenarios.ts';
export { ForceEventsConsumer } from './project-events/force-events.consumer.ts';
export { ForceRegister } from './force.register.ts';
export { INTAKE_MIGRATIONS } from './schema/intake.migrations.ts';
export { SubmissionStore, storeIn, type StoreOutcome } from './submit-request/submission.store.ts';
export { SharedCommits } from './submit-request/shared-commits.ts';
export { claimsOf, type StorableSubmission } from './submit-request/submission.ts';
