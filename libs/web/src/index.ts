export {
  STAFF_ROLES,
  Caller,
  callerOf,
  type AnyCaller,
  type ForceCaller,
  type HttpReply,
  type HttpRequest,
  type StaffCaller,
  type StaffRole,
} from './caller.ts';
export { StreamedBody } from './streamed-body.ts';
export {
  ForceRoute,
  ForceSystemRoute,
  OpenRoute,
  policyOf,
  StaffRoute,
  type RoutePolicy,
} from './route-policy.ts';
export * from './described.ts';
export { inputsOf, PRECONDITIONS, Takes, type RouteInputs } from './refuse-ignored.ts';
export {
  openApiOf,
  type ApiAbout,
  type OpenApiDocument,
  type Operation,
  type RouteGroup,
} from './open-api.ts';
export { DocsController } from './docs.controller.ts';
export { OpenApiController } from './open-api.controller.ts';
export { ServedOpenApi } from './served-open-api.ts';
export { AccessTokens, type IdentitySettings, type TokenVerifier } from './access-tokens.ts';
export {
  identityOf,
  identitySettings,
  insecureIssuerSetting,
  takesInsecureIssuer,
} from './identity-config.ts';
export { ForceLimits, forceLimitsSetting, type ForceLimitTable } from './force-limits.ts';
export {
  CONNECTION_LIMITS,
  connectionSettings,
  connectionsOf,
  type ConnectionLimits,
} from './connection-limits.ts';
export { continueTrace, traceIdOf } from './trace.ts';
export {
  VERSION_READ,
  entityTag,
  isVersionRead,
  optionalVersion,
  requireVersion,
  versionChanged,
  type VersionRead,
} from './entity-tag.ts';
export { requireIdempotencyKey } from './idempotency-key.ts';
export { Cursors, type CursorScope } from './cursor.ts';
export { cursorKeySettings, cursorKeysOf, type CursorKeys } from './cursor-keys.ts';
export { nextLink } from './link.ts';
export { Health, HealthController, type HealthCheck, type HealthReport } from './health.ts';
export { signingKeySetting, unitKeysSetting } from './unit-keys-config.ts';
export { ServiceLog, type LogLevel } from './service-log.ts';
export {
  choiceSetting,
  ConfigurationError,
  flagSetting,
  integerSetting,
  kafkaSessionSetting,
  listSetting,
  logLevelSetting,
  optional,
  portSetting,
  readConfig,
  textSetting,
  urlSetting,
  type Config,
  type Setting,
} from './read-config.ts';
export { createService, type ServiceParts } from './service.ts';
export { builtFrom, runService, type ListenConfig, type RunnableService } from './run-service.ts';
