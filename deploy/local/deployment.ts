import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Topology } from '#contracts';
import { forcesFrom, sandboxesFrom, type Force } from '#kernel';

export const ROOT = resolve(import.meta.dirname, '../..');
const CATALOGUE = 'deploy/catalogue.json';

interface Catalogue {
  readonly functions: readonly { readonly id: string; readonly title: string; readonly unit?: string }[];
}

export interface UnitEntry {
  readonly slug: string;
  readonly title: string;
}

/**
 * The forces, units and services to run, read from the catalogue and the configured forces and listed nowhere
 * else.
 */
export interface Deployment extends Required<Topology> {
  readonly catalogue: string;
  readonly forceEntries: readonly Force[];
  readonly unitEntries: readonly UnitEntry[];
  /** Services with a database and a Kafka principal, in the order in which a request needs them. */
  readonly services: readonly string[];
  /** Everything that has a database: the services, and the desk, which has no Kafka principal. */
  readonly databases: readonly string[];
}

/** The staff desk: a client of the units' staff APIs. */
export const DESK = 'desk';

export function deploymentFrom(env: Readonly<Record<string, string | undefined>> = process.env): Deployment {
  const catalogue = resolve(ROOT, env['CONCORDAT_CATALOGUE'] ?? CATALOGUE);
  const { functions } = JSON.parse(readFileSync(catalogue, 'utf8')) as Catalogue;
  const unitEntries = functions.flatMap(({ unit, title }) => (unit ? [{ slug: unit, title }] : []));
  const forceEntries = forcesFrom(env);
  const units = unitEntries.map(({ slug }) => slug);
  const services = ['collaboration', 'intake', ...units];
  return {
    catalogue,
    forceEntries,
    unitEntries,
    forces: forceEntries.map(({ slug }) => slug),
    sandboxes: sandboxesFrom(env).map(({ slug }) => slug),
    units,
    services,
    databases: [...services, DESK],
  };
}

/** The port of each process, derived from the first port. `--port-base` moves them all. */
export interface Ports {
  readonly identity: number;
  readonly services: Readonly<Record<string, number>>;
  readonly postgres: number;
  readonly kafka: number;
  readonly kafkaController: number;
}

/** A different arrangement of PostgreSQL and Kafka, for tests that disturb them. */
export interface Shape {
  /**
   * The ports on which the servers listen, if a proxy that can delay or cut connections uses the usual ports.
   */
  readonly behind?: Pick<Ports, 'postgres' | 'kafka'>;
  /** Number of brokers, 1 by default. Each uses the two ports after those of the broker before. */
  readonly brokers?: number;
}

export function portsFrom(base: number, { units }: Pick<Topology, 'units'>): Ports {
  return {
    identity: base,
    services: {
      intake: base + 1,
      collaboration: base + 2,
      [DESK]: base + 3,
      ...Object.fromEntries(units.map((unit, index) => [unit, base + 10 + index])),
    },
    postgres: base + 32,
    kafka: base + 92,
    kafkaController: base + 93,
  };
}

/**
 * Returns the names of a service's database and its two roles. Migrations run as the owner, the service as
 * the application.
 */
export function databaseNames(service: string): { database: string; owner: string; application: string } {
  const name = service.replaceAll('-', '_');
  return { database: `concordat_${name}`, owner: `${name}_owner`, application: `${name}_app` };
}

/** Tells whether a service issues cursors. Collaboration has no lists that are read in pages. */
export const issuesCursors = (service: string): boolean => service !== 'collaboration';
/** Returns the name of a service's cursor key among the secrets of a data directory. */
export const cursorSecretOf = (service: string): string => `cursors ${service}`;
export const resourceOf = (service: string): string => `urn:concordat:${service}`;
/**
 * CONCORDAT_BUILD names a different build. The proofs use it to run a damaged build and check that the damage
 * is found.
 */
export const mainOf = (
  service: string,
  build = process.env['CONCORDAT_BUILD'] ?? join(ROOT, 'dist'),
): string => join(build, 'apps', service, 'src/main.js');
export const loopback = (port: number): string => `http://127.0.0.1:${String(port)}`;
