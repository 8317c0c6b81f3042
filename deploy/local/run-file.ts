import { rmSync } from 'node:fs';
import type { ForceAccess, PersonAccess, RunningStack, StaffAccess } from '#client';
import { forceEventsTopic, forceGroupPrefix, forcePrincipal, forceRequestsTopic } from '#contracts';
import type { DevelopmentClient } from './identity-provider-clients.ts';
import { DESK, type Deployment } from './deployment.ts';
import type { Person } from './identity-provider-people.ts';
import type { ServiceUrls } from './databases.ts';
import { writePrivately } from './secrets.ts';

/** Everything that run.json describes. */
export interface RunningDeployment {
  readonly deployment: Deployment;
  readonly portBase: number;
  /** Returns the base URL of a service, or of the identity provider for `identity`. */
  readonly urlOf: (service: string) => string;
  readonly brokers: readonly string[];
  readonly databases: ReadonlyMap<string, ServiceUrls>;
  readonly clients: readonly DevelopmentClient[];
  readonly people: readonly Person[];
  readonly kafkaPassword: (principal: string) => string;
  readonly logs: string;
}

export function describeRun(
  running: RunningDeployment,
  startedAt: Date,
  pids: Readonly<Record<string, number>>,
): RunningStack {
  const { deployment, urlOf, databases, clients, people } = running;
  const anyUrl = new URL([...databases.values()][0]?.applicationUrl ?? 'postgres://127.0.0.1');
  return {
    startedAt: startedAt.toISOString(),
    portBase: running.portBase,
    urls: {
      identity: urlOf('identity'),
      desk: urlOf(DESK),
      intake: urlOf('intake'),
      collaboration: urlOf('collaboration'),
      units: Object.fromEntries(deployment.units.map((unit) => [unit, urlOf(unit)])),
    },
    kafka: { brokers: running.brokers },
    postgres: {
      port: Number(anyUrl.port || 5432),
      services: Object.fromEntries(
        [...databases].map(([service, { applicationUrl }]) => [service, { applicationUrl }]),
      ),
    },
    forces: Object.fromEntries(deployment.forces.map((force) => [force, forceAccess(force, running)])),
    sandboxes: Object.fromEntries(deployment.sandboxes.map((force) => [force, forceAccess(force, running)])),
    staff: Object.fromEntries(
      clients.filter(({ kind }) => kind === 'staff').map((client) => [client.clientId, staffAccess(client)]),
    ),
    people: Object.fromEntries(people.map((person) => [person.subject, personAccess(person)])),
    logs: running.logs,
    pids,
  };
}

function forceAccess(force: string, { clients, kafkaPassword }: RunningDeployment): ForceAccess {
  const principal = forcePrincipal(force);
  const client = clients.find(({ kind, claims }) => kind === 'force' && claims['force'] === force);
  if (!client) throw new Error(`${force} has no development client`);
  return {
    clientId: client.clientId,
    keyFile: client.keyFile,
    resource: client.resource,
    kafka: {
      username: principal,
      password: kafkaPassword(principal),
      eventsTopic: forceEventsTopic(force),
      requestsTopic: forceRequestsTopic(force),
      groupPrefix: forceGroupPrefix(force),
    },
  };
}

function staffAccess({ claims, keyFile, resource }: DevelopmentClient): StaffAccess {
  return { unit: String(claims['unit']), role: String(claims['role']), keyFile, resource };
}

function personAccess({ name, roles, force, operations }: Person): PersonAccess {
  return { name, roles: roles.map(({ unit, role }) => ({ unit, role })), force, operations };
}

export function writeRunFile(file: string, run: RunningStack): void {
  writePrivately(file, `${JSON.stringify(run, null, 2)}\n`);
}

export function removeRunFile(file: string): void {
  rmSync(file, { force: true });
}
