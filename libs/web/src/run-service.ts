import { Logger } from '@nestjs/common';
import { ConfigurationError } from './read-config.ts';
import { createService, type ServiceParts } from './service.ts';
import { ServiceLog, type LogLevel } from './service-log.ts';

export interface RunnableService {
  readonly service: string;
  readonly config: { readonly host: string; readonly port: number; readonly logLevel?: LogLevel };
  readonly create: () => Promise<ServiceParts>;
}

/** What is in hand must be finished within this; a supervisor's patience (30 s in Kubernetes) ends after it. */
const DRAIN_WITHIN_MS = 25_000;

/**
 * Runs one service until SIGTERM or SIGINT: then not ready, no new connections, requests and batches in hand finished, drains in
 * order, exit 0. A second signal exits at once. A failure to start, or an error nobody caught, is logged and exits 1.
 */
export async function runService({ service, config, create }: RunnableService): Promise<void> {
  const log = new ServiceLog(service, config.logLevel);
  Logger.overrideLogger(log);
  const failWith = (message: string) => (error: unknown) => {
    log.fatal(message, error instanceof Error ? error : { reason: String(error) });
    process.exit(1);
  };
  process.on('uncaughtException', failWith('an error that nobody caught'));
  process.on('unhandledRejection', failWith('a rejection that nobody caught'));
  try {
    await serve({ config, create }, log, failWith('the consumers could not start'));
  } catch (error) {
    if (error instanceof ConfigurationError) log.fatal(error.message);
    else failWith('the service could not start')(error);
    process.exit(1);
  }
}

async function serve(
  { config, create }: Pick<RunnableService, 'config' | 'create'>,
  log: ServiceLog,
  consumersFailed: (error: unknown) => void,
): Promise<void> {
  const startedAt = performance.now();
  const parts = await create();
  const { app, health } = await createService(parts);

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(130);
    stopping = true;
    log.log('stopping', { signal });
    health.drain();
    setTimeout(() => {
      log.fatal(`not drained within ${DRAIN_WITHIN_MS / 1000} s`);
      process.exit(1);
    }, DRAIN_WITHIN_MS).unref();
    const drained = async (): Promise<void> => {
      // HTTP first, then the consumers: Nest closes them in that order.
      await app.close();
      for (const step of parts.drain) await step();
    };
    drained().then(
      () => {
        log.log('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.fatal('could not stop cleanly', error instanceof Error ? error : { reason: String(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await app.listen(config.port, config.host);
  log.log('listening', { url: await app.getUrl(), startedInMs: Math.round(performance.now() - startedAt) });
  if (parts.strategy !== undefined) {
    app.startAllMicroservices().catch((error: unknown) => {
      // A stop during the start is not a failure.
      if (!stopping) consumersFailed(error);
    });
  }
}
