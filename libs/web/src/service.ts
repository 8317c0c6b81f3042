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

/** What a service is made of. */
export interface ServiceParts {
  readonly module: Type | DynamicModule;
  /** Whose tokens are taken. */
  readonly identity: IdentitySettings;
  /** Consumers; started after the HTTP door is open, so that REST serves while Kafka is down. */
  readonly strategy?: CustomTransportStrategy;
  readonly health: readonly HealthCheck[];
  /** Run in order after the last request and message: relay, producer, database. */
  readonly drain: readonly (() => Promise<void>)[];
  /** True for an error that means the database is away: 503 and Retry-After instead of 500. */
  readonly isUnavailable?: (error: unknown) => boolean;
  readonly bounds?: JsonBounds;
  /** What its callers may have of connections and time; without it, what suits most. */
  readonly connections?: ConnectionLimits;
  /** What each force may ask of this replica; without it, as much as it likes. */
  readonly limits?: ForceLimits;
  /** After the application is initialised, before the port opens. */
  readonly beforeListen?: (app: NestFastifyApplication) => Promise<void>;
}

@Module({})
class WebModule {}

/** The application with guard, filter, health and body bounds, not listening: what `runService` runs and tests inject into. */
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
