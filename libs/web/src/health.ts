import { Controller, Get, Inject, Logger, Res } from '@nestjs/common';
import { within } from '#kernel';
import type { HttpReply } from './caller.ts';
import { answerSchema, Described, json, type RouteDescription } from './described.ts';
import { OpenRoute } from './route-policy.ts';

/** What a check found. */
export interface HealthFinding {
  readonly ok: boolean;
  /** In words. It is published without a token: no inner text, and no count, which would be over all forces. */
  readonly detail?: string;
  /** Numbers for operators: they go into the log and never into an answer. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** One thing a service needs. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<HealthFinding>;
}

export interface HealthReport {
  readonly status: 'up' | 'down' | 'draining';
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

const CHECK_WITHIN_MS = 3_000;
/** Probes come from several sides; within this time they share one answer. */
const ANSWER_KEPT_MS = 500;
/** Figures that have changed are logged no more often than this. */
const FIGURES_EVERY_MS = 60_000;

/** What the three probes answer from. */
export class Health {
  private draining = false;
  private started = false;
  private readonly log = new Logger('health');
  private figures = { logged: '', at: -Infinity };
  private latest: { readonly report: Promise<HealthReport>; readonly at: number } | undefined;

  constructor(private readonly checks: readonly HealthCheck[]) {}

  /** From now on not ready: whoever balances load looks elsewhere while requests in hand finish. */
  drain(): void {
    this.draining = true;
  }

  /** Every check, each within three seconds; simultaneous askers share one run. */
  async ready(): Promise<HealthReport> {
    if (this.draining) return { status: 'draining', checks: {} };
    const now = performance.now();
    if (this.latest === undefined || now - this.latest.at > ANSWER_KEPT_MS)
      this.latest = { report: this.run(), at: now };
    const report = await this.latest.report;
    this.started ||= report.status === 'up';
    return report;
  }

  /** Up for ever once every check has passed. */
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
    // The error may name hosts or statements, and this page is open.
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

/** A probe that may say no: with the same report, and the status that load balancers read. */
const failingProbe = (id: string, summary: string): RouteDescription => ({
  ...probe(id, summary),
  answers: {
    ...probe(id, summary).answers,
    503: { means: 'Not up; the checks say what is missing', content: json(REPORT) },
  },
});

/** GET /health/live, /health/ready, /health/startup: without a token, each with the JSON of its checks. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  /** The event loop turns; nothing else is asked, or an outage of the database would restart every service. */
  @Get('live')
  @OpenRoute()
  @Described(probe('readLiveness', 'Whether the process turns'))
  live(): HealthReport {
    return { status: 'up', checks: {} };
  }

  @Get('ready')
  @OpenRoute()
  @Described(failingProbe('readReadiness', 'Whether it can take work now'))
  async ready(@Res({ passthrough: true }) reply: HttpReply): Promise<HealthReport> {
    return answer(await this.health.ready(), reply);
  }

  @Get('startup')
  @OpenRoute()
  @Described(failingProbe('readStartup', 'Whether it was ready once since its start'))
  async startup(@Res({ passthrough: true }) reply: HttpReply): Promise<HealthReport> {
    return answer(await this.health.startup(), reply);
  }
}

function answer(report: HealthReport, reply: HttpReply): HealthReport {
  reply.code(report.status === 'up' ? 200 : 503).header('cache-control', 'no-store');
  return report;
}
