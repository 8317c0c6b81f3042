import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule, NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { JsonBounds } from '#contracts';
import { AccessTokens, type IdentitySettings } from './access-tokens.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import { EveryRouteHasAPolicy } from './every-route-has-a-policy.ts';
import type { ForceLimits } from './force-limits.ts';
import { Health, HealthController, type HealthCheck } from './health.ts';
import { httpAdapter } from './http-adapter.ts';
import { IS_UNAVAILABLE, ProblemFilter } from './problem.filter.ts';
import type { OnAnswered } from './request-id.ts';
import { RouteGuard } from './route.guard.ts';

/** The parts of a service. */
export interface ServiceParts {
  readonly module: Type | DynamicModule;
  /** The issuer whose tokens are accepted. */
  readonly identity: IdentitySettings;
  /** The consumers. They start after HTTP, so that REST works while Kafka is down. */
  readonly strategy?: CustomTransportStrategy;
  readonly health: readonly HealthCheck[];
  /** Steps that run in order after the last request and message: relay, producer, database. */
  readonly drain: readonly (() => Promise<void>)[];
  /**
   * True for an error of an unreachable database, which is answered by 503 and Retry-After instead of 500.
   */
  readonly isUnavailable?: (error: unknown) => boolean;
  readonly bounds?: JsonBounds;
  /** The limits of connections and time; the default is CONNECTION_LIMITS. */
  readonly connections?: ConnectionLimits;
  /** The limits of each force at this replica; none by default. */
  readonly limits?: ForceLimits;
  /** Runs after the application is initialised and before the port opens. */
  readonly beforeListen?: (app: NestFastifyApplication) => Promise<void>;
}

@Module({})
class WebModule {}

/**
 * Creates the application with guard, filter, health and body bounds. It does not listen yet; tests inject
 * requests.
 */
export async function createService(
  parts: ServiceParts,
  onAnswered?: OnAnswered,
): Promise<{ readonly app: NestFastifyApplication; readonly health: Health }> {
  const health = new Health(parts.health);
  const admission = {
    tokens: new AccessTokens(parts.identity),
    unit: parts.identity.unit,
    limits: parts.limits,
  };
  const root: DynamicModule = {
    module: WebModule,
    imports: [DiscoveryModule, parts.module],
    controllers: [HealthController],
    providers: [
      EveryRouteHasAPolicy,
      { provide: Health, useValue: health },
      { provide: IS_UNAVAILABLE, useValue: parts.isUnavailable ?? (() => false) },
      { provide: APP_GUARD, useClass: RouteGuard },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    httpAdapter(admission, parts.bounds, parts.connections, onAnswered),
    {
      bodyParser: false,
      abortOnError: false,
      bufferLogs: false,
    },
  );
  if (parts.strategy !== undefined) app.connectMicroservice({ strategy: parts.strategy });
  await app.init();
  await parts.beforeListen?.(app);
  return { app, health };
}
