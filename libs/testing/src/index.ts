export { testServers, type TestServers } from './test-servers.ts';
export {
  createServiceDatabase,
  type ServiceDatabase,
  type ServiceDatabaseOptions,
} from './service-database.ts';
export { adminKafka, createKafkaUsers, createTopics, deleteTopics, grantAccess, kafkaAs } from './kafka.ts';
export { eventually, type EventuallyOptions } from './eventually.ts';
export { callOverHttp, type HttpAnswer, type HttpCall } from './http-call.ts';
export { uniqueSlug } from './unique-slug.ts';
export { testIdentity, type TestIdentity } from './test-identity.ts';
export { describeRequestTypes } from './describe-request-types.ts';
export { DescribedAnswers, undescribedAnswers } from './described-answers.ts';
export { patternsIn, slowPatterns } from './slow-patterns.ts';
export { typescriptProcess } from './typescript-process.ts';
export { ignoredInputs } from './ignored-inputs.ts';
export {
  readEverywhere,
  routesOf,
  toldApart,
  triedByEverybody,
  type RouteCaller,
  type RunningRoute,
} from './every-route.ts';
export { askedHostilely } from './hostile-text.ts';
export { describeUnit } from './describe-unit.ts';
export {
  RunningUnit,
  StaffMember,
  type ForceEvent,
  type Reply,
  type Submitted,
} from './describe-unit.running.ts';
export { dueOf, faultsOf, rulesBroken } from './faults-of.ts';
export { RecordsInDatabase } from './records-in-database.ts';
export { UnitAtRest, type Arriving } from './describe-unit.at-rest.ts';
export { describeSearch } from './describe-search.ts';
export { UnitSigners } from './unit-signers.ts';
export { deskMoves } from './describe-unit.desk-moves.ts';
export { extremesOf } from './values-of-schema.ts';
