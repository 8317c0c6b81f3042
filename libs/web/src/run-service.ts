import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Health } from './health.ts';
import { ConfigurationError } from './read-config.ts';
import type { OnAnswered } from './request-id.ts';
import { createService, type ServiceParts } from './service.ts';
import { ServiceLog, type LogLevel } from './service-log.ts';

export interface ListenConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel?: LogLevel;
}

/** An application that does not listen yet. */
export interface BuiltService {
  readonly app: NestFastifyApplication;
  readonly health: Health;
  /** Steps that run in order after the last request and message. */
  readonly drain: readonly (() => Promise<void>)[];
  /** True if the application has consumers; they start after HTTP. */
  readonly consumes?: boolean;
}

export interface RunnableService<Settings extends ListenConfig> {
  readonly service: string;
  /**
   * The settings, or a function that reads them. A missing setting is then logged in one line and the process
   * exits 1.
   */
  readonly config: Settings | (() => Settings);
  /** Builds the application. `onAnswered` writes the log line of an answer. */
  readonly build: (config: Settings, onAnswered: OnAnswered) => Promise<BuiltService>;
}

/** Builds a service whose callers are systems, from its parts: see `createService`. */
export function builtFrom<Settings extends ListenConfig>(
  create: (config: Settings) => Promise<ServiceParts>,
): RunnableService<Settings>['build'] {
  return async (config, onAnswered) => {
    const parts = await create(config);
    const service = await createService(parts, onAnswered);
    return { ...service, drain: parts.drain, consumes: parts.strategy !== undefined };
  };
}

/** The process that runs the service; tests supply their own. */
export interface HostProcess {
  on(event: 'SIGTERM' | 'SIGINT', listener: (signal: NodeJS.Signals) => void): unknown;
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
  exit(code: number): void;
}

/**
 * Running work must finish within this time, before the supervisor kills the process (after 30 s in
 * Kubernetes).
 */
const DRAIN_WITHIN_MS = 25_000;

/**
 * Runs one service until SIGTERM or SIGINT. Then it reports "not ready", takes no new connections, finishes
 * running requests and batches, runs the drain steps in order, and exits 0. A second signal exits at once. A
 * failed start or an uncaught error is logged and exits 1.
 */
export async function runService<Settings extends ListenConfig>(
  { service, config, build }: RunnableService<Settings>,
  host: HostProcess = process,
): Promise<void> {
  let log = new ServiceLog(service);
  const failWith = (message: string) => (error: unknown) => {
    log.fatal(message, error instanceof Error ? error : { reason: String(error) });
    host.exit(1);
  };
  host.on('uncaughtException', failWith('uncaught exception'));
  host.on('unhandledRejection', failWith('unhandled rejection'));
  try {
    const settings = typeof config === 'function' ? config() : config;
    log = new ServiceLog(service, settings.logLevel);
    Logger.overrideLogger(log);
    await serve(settings, build, host, log);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) return failWith('the service could not start')(error);
    log.fatal(error.message);
    host.exit(1);
  }
}

async function serve<Settings extends ListenConfig>(
  config: Settings,
  build: RunnableService<Settings>['build'],
  host: HostProcess,
  log: ServiceLog,
): Promise<void> {
  const startedAt = performance.now();
  const { app, health, drain, consumes } = await build(config, (answered) => log.answered(answered));

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return host.exit(130);
    stopping = true;
    log.log('stopping', { signal });
    health.drain();
    const patience = setTimeout(() => {
      log.fatal(`not drained within ${DRAIN_WITHIN_MS / 1000} s`);
      host.exit(1);
    }, DRAIN_WITHIN_MS);
    // A kept-alive connection becomes idle only after its answer, and would hold the server open for a
    // minute.
    const server = app.getHttpServer();
    const closing = setInterval(() => server.closeIdleConnections(), 50);
    const drained = async (): Promise<void> => {
      // Nest closes HTTP first, then the consumers.
      await app.close().finally(() => clearInterval(closing));
      for (const step of drain) await step();
    };
    drained()
      .finally(() => clearTimeout(patience))
      .then(
        () => {
          log.log('stopped');
          host.exit(0);
        },
        (error: unknown) => {
          log.fatal('could not stop cleanly', error instanceof Error ? error : { reason: String(error) });
          host.exit(1);
        },
      );
  };
  host.on('SIGTERM', stop);
  host.on('SIGINT', stop);

  await app.listen(config.port, config.host);
  log.log('listening', { url: await app.getUrl(), startedInMs: Math.round(performance.now() - startedAt) });
  if (consumes === true) {
    app.startAllMicroservices().catch((error: unknown) => {
      // A stop signal during the start is not a failure.
      if (stopping) return;
      log.fatal('the consumers could not start', error instanceof Error ? error : { reason: String(error) });
      host.exit(1);
    });
  }
}
