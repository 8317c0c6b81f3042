export { type BulkResult, type BulkUpload } from './bulk-uploads.ts';
export { Caller, type Credential, type TokenSource } from './caller.ts';
export { ClientCredentials, SignInRefused } from './client-credentials.ts';
export { discoverIssuer, type DiscoveryDocument } from './discover-issuer.ts';
export {
  ForceClient,
  type FeedEvent,
  type ForceMessageKind,
  type ForceClientSettings,
  type Request,
  type RequestFilter,
  type Submission,
  type Submitted,
} from './force-client.ts';
export { placesOf, Refused, refusedBy } from './refused.ts';
export {
  attach,
  keyPath,
  NotStarted,
  runFileOf,
  type ForceAccess,
  type PersonAccess,
  type RunningStack,
  type StaffAccess,
} from './running-stack.ts';
export {
  expectDone,
  StaffClient,
  type Counts,
  type Given,
  type QueueQuery,
  type BulkBody,
  type LinkBody,
  type StaffAnswer,
  type StaffCommand,
  type StaffSchemas,
  type Task,
  type TaskDetail,
  type TaskVersion,
} from './staff-client.ts';
export { ConnectionLost, GaveUp, type RetryLimits } from './until-definite.ts';
export { JsonHttp, type HttpAnswer, type HttpCall } from './json-http.ts';
