import { Controller, Get, Inject, Logger, Res } from '@nestjs/common';
import { within } from '#kernel';
import type { HttpReply } from './caller.ts';
import { answerSchema, Described, json, type RouteDescription } from './described.ts';
import { OpenRoute } from './route-policy.ts';

/** The result of a check. */
export interface HealthFinding {
  readonly ok: boolean;
  /**
   * A sentence that is published without a token: no internal text, and no count, because it would cover all
   * forces.
   */
  readonly detail?: string;
  /** Numbers for operators. They are logged and never part of an answer. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** Checks one thing that a service needs. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<HealthFinding>;
}

export interface HealthReport {
  readonly status: 'up' | 'down' | 'draining';
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

const CHECK_WITHIN_MS = 3_000;
/** Probes from several sides share one answer within this time. */
const ANSWER_KEPT_MS = 500;
/** Changed figures are logged at most this often. */
const FIGURES_EVERY_MS = 60_000;

/** Runs the checks for the three probes. */
export class Health {
  private draining = false;
  private started = false;
  private readonly log = new Logger('health');
  private figures = { logged: '', at: -Infinity };
  private latest: { readonly report: Promise<HealthReport>; readonly at: number } | undefined;

  constructor(private readonly checks: readonly HealthCheck[]) {}

  /** Reports "not ready" from now on, so that load balancers go elsewhere while running requests finish. */
  drain(): void {
    this.draining = true;
  }

  /** Runs every check, each within three seconds. Simultaneous callers share one run. */
  async ready(): Promise<HealthReport> {
    if (this.draining) return { status: 'draining', checks: {} };
    const now = performance.now();
    if (this.latest === undefined || now - this.latest.at > ANSWER_KEPT_MS)
      this.latest = { report: this.run(), at: now };
    const report = await this.latest.report;
    this.started ||= report.status === 'up';
    return report;
  }

  /** Reports "up" for ever once every check has passed. */
  async startup(): Promise<HealthReport> {
    return this.started ? { status: 'up', checks: {} } : this.ready();
  }

  private async run(): Promise<HealthReport> {
    const results = await Promise.all(
      this.checks.map(async (check) => [check.name, await outcome(check)] as const),
    );
    this.logFigures(
      Object.fromEntries(results.flatMap(([name, { figures }]) => (figures ? [[name, figures]] : []))),
    );
    return {
      status: results.every(([, { ok }]) => ok) ? 'up' : 'down',
      checks: Object.fromEntries(
        results.map(([name, { ok, detail }]) => [name, { ok, ...(detail !== undefined && { detail }) }]),
      ),
    };
  }

  private logFigures(figures: Readonly<Record<string, unknown>>): void {
    const found = JSON.stringify(figures);
    const now = performance.now();
    if (found === this.figures.logged || now - this.figures.at < FIGURES_EVERY_MS) return;
    this.figures = { logged: found, at: now };
    this.log.log('figures', figures);
  }
}

async function outcome(check: HealthCheck): Promise<HealthFinding> {
  try {
    return await within(CHECK_WITHIN_MS, check.check(), () => ({
      ok: false,
      detail: `no answer within ${CHECK_WITHIN_MS} ms`,
    }));
  } catch {
    // The error may name hosts or statements, and this route needs no token.
    return { ok: false, detail: 'the check failed' };
  }
}

const REPORT = answerSchema<HealthReport>({
  status: { type: 'string', enum: ['up', 'down', 'draining'] },
  checks: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      properties: { ok: { type: 'boolean' }, detail: { type: 'string' } },
      required: ['ok'],
    },
  },
});

const probe = (id: string, summary: string): RouteDescription => ({
  id,
  summary,
  answers: { 200: { means: 'Up', content: json(REPORT) } },
});

/** A probe that may fail: it gives the same report with the status that load balancers read. */
const failingProbe = (id: string, summary: string): RouteDescription => ({
  ...probe(id, summary),
  answers: {
    ...probe(id, summary).answers,
    503: { means: 'Not up; the checks say which part is missing', content: json(REPORT) },
  },
});

/**
 * Serves /health/live, /health/ready and /health/startup without a token, each with the JSON of its checks.
 */
@Controller('health')
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  /**
   * Liveness checks only the event loop. With more, an outage of the database would restart every service.
   */
  @Get('live')
  @OpenRoute()
  @Described(probe('readLiveness', 'Check whether the process responds'))
  live(): HealthReport {
    return { status: 'up', checks: {} };
  }

  @Get('ready')
  @OpenRoute()
  @Described(failingProbe('readReadiness', 'Check whether the service can take requests now'))
  async ready(@Res({ passthrough: true }) reply: HttpReply): Promise<HealthReport> {
    return answer(await this.health.ready(), reply);
  }

  @Get('startup')
  @OpenRoute()
  @Described(failingProbe('readStartup', 'Check whether the service has been ready since it started'))
  async startup(@Res({ passthrough: true }) reply: HttpReply): Promise<HealthReport> {
    return answer(await this.health.startup(), reply);
  }
}

function answer(report: HealthReport, reply: HttpReply): HealthReport {
  reply.code(report.status === 'up' ? 200 : 503).header('cache-control', 'no-store');
  return report;
}
