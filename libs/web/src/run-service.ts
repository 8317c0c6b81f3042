import { Logger } from '@nestjs/common';
import { ConfigurationError } from './read-config.ts';
import { createService, type ServiceParts } from './service.ts';
import { ServiceLog, type LogLevel } from './service-log.ts';

export interface ListenConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel?: LogLevel;
}

export interface RunnableService<Settings extends ListenConfig> {
  readonly service: string;
  /** The settings, or what reads them (see `readConfig`): then what is missing is told in one line and the process exits 1. */
  readonly config: Settings | (() => Settings);
  readonly create: (config: Settings) => Promise<ServiceParts>;
}

/** The process that runs it; a test gives its own. */
export interface HostProcess {
  on(event: 'SIGTERM' | 'SIGINT', listener: (signal: NodeJS.Signals) => void): unknown;
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
  exit(code: number): void;
}

/** What is in hand must be finished within this; a supervisor's patience (30 s in Kubernetes) ends after it. */
const DRAIN_WITHIN_MS = 25_000;

/**
 * Runs one service until SIGTERM or SIGINT: then not ready, no new connections, requests and batches in hand finished, drains in
 * order, exit 0. A second signal exits at once. A failure to start, or an error nobody caught, is logged and exits 1.
 */
export async function runService<Settings extends ListenConfig>(
  { service, config, create }: RunnableService<Settings>,
  host: HostProcess = process,
): Promise<void> {
  let log = new ServiceLog(service);
  const failWith = (message: string) => (error: unknown) => {
    log.fatal(message, error instanceof Error ? error : { reason: String(error) });
    host.exit(1);
  };
  host.on('uncaughtException', failWith('an error that nobody caught'));
  host.on('unhandledRejection', failWith('a rejection that nobody caught'));
  try {
    const settings = typeof config === 'function' ? config() : config;
    log = new ServiceLog(service, settings.logLevel);
    Logger.overrideLogger(log);
    await serve(settings, create, host, log);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) return failWith('the service could not start')(error);
    log.fatal(error.message);
    host.exit(1);
  }
}

async function serve<Settings extends ListenConfig>(
  config: Settings,
  create: RunnableService<Settings>['create'],
  host: HostProcess,
  log: ServiceLog,
): Promise<void> {
  const startedAt = performance.now();
  const parts = await create(config);
  const { app, health } = await createService(parts, (answered) => log.answered(answered));

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
    // A connection kept alive under a request in hand turns idle only after the answer, and would hold the server open for a minute.
    const server = app.getHttpServer();
    const closing = setInterval(() => server.closeIdleConnections(), 50);
    const drained = async (): Promise<void> => {
      // HTTP first, then the consumers: Nest closes them in that order.
      await app.close().finally(() => clearInterval(closing));
      for (const step of parts.drain) await step();
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
  if (parts.strategy !== undefined) {
    app.startAllMicroservices().catch((error: unknown) => {
      // A stop during the start is not a failure.
      if (stopping) return;
      log.fatal('the consumers could not start', error instanceof Error ? error : { reason: String(error) });
      host.exit(1);
    });
  }
}
