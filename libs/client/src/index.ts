export { type BulkResult, type BulkUpload } from './bulk-uploads.ts';
export { ClientCredentials, SignInRefused } from './client-credentials.ts';
export { discoverIssuer, type DiscoveryDocument } from './discover-issuer.ts';
export {
  ForceClient,
  type FeedEvent,
  type ForceClientSettings,
  type Request,
  type RequestFilter,
  type Submission,
  type Submitted,
} from './force-client.ts';
export { placesOf, Refused } from './refused.ts';
export { ConnectionLost, GaveUp, type RetryLimits } from './until-definite.ts';
