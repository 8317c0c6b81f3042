import { resolve } from 'node:path';
import { ClientCredentials } from '#client';
import { ROOT } from '../../deploy/local/deployment.ts';
import { ChildProgram } from '../measure/child-program.ts';
import type { BenchStack } from '../measure/stack.ts';
import { ANSWER, UNIT } from '../measure/work.ts';
import type { StaffOrder, StaffResult } from './staff-program.ts';

/** The staff of the unit. They claim and answer over HTTP from a separate process. */
export class Staff {
  private readonly program = new ChildProgram('bench/ours/staff-program.ts');
  private readonly members: readonly ClientCredentials[];
  private readonly port: number;

  constructor(bench: BenchStack) {
    this.port = Number(new URL(bench.run.urls.units[UNIT] as string).port);
    this.members = Object.entries(bench.run.staff)
      .filter(([, { unit, role }]) => unit === UNIT && role === 'caseworker')
      .map(
        ([clientId, { keyFile, resource }]) =>
          new ClientCredentials({
            issuer: bench.run.urls.identity,
            clientId,
            keyFile: resolve(ROOT, keyFile),
            resource,
          }),
      );
  }

  async work(order: Omit<StaffOrder, 'port' | 'tokens' | 'answer'>): Promise<StaffResult> {
    const tokens = await Promise.all(this.members.map((member) => member.token()));
    return this.program.ask({ ...order, port: this.port, tokens, answer: ANSWER });
  }

  end(): Promise<void> {
    return this.program.end();
  }
}
