import { EventEmitter } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { createLocalJWKSet } from 'jose';
import { eventually } from '#testing';
import { ConfigurationError, portSetting, readConfig } from './read-config.ts';
import { OpenRoute } from './route-policy.ts';
import { builtFrom, runService, type HostProcess } from './run-service.ts';
import type { ServiceParts } from './service.ts';

const identity = {
  issuer: 'https://identity.test.invalid',
  audience: 'urn:concordat:test',
  keys: createLocalJWKSet({ keys: [] }),
};

/** A process that can be stopped and records its exit code. */
class Host extends EventEmitter implements HostProcess {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

let host: Host;
let url = '';
let done: string[] = [];
let finishSlow: (() => void) | undefined;

@Controller()
class Routes {
  @Get('slow')
  @OpenRoute()
  slow(): Promise<string> {
    return new Promise((resolve) => {
      finishSlow = () => {
        done.push('request');
        resolve('finished');
      };
    });
  }
}

@Module({ controllers: [Routes] })
class Parts {}

class Consumers extends Server implements CustomTransportStrategy {
  constructor(
    private readonly start: (callback: (error?: unknown) => void) => void = (callback) => callback(),
  ) {
    super();
  }
  listen(callback: (error?: unknown) => void): void {
    this.start(callback);
  }
  close(): void {
    done.push('consumers');
  }
  on(): void {}
  unwrap<T>(): T {
    return this as unknown as T;
  }
}

const parts = (more: Partial<ServiceParts> = {}): ServiceParts => ({
  module: Parts,
  identity,
  health: [],
  drain: [async () => void done.push('relay'), async () => void done.push('database')],
  beforeListen: async (app) => {
    app.getHttpServer().on('listening', () => {
      const address = app.getHttpServer().address();
      if (typeof address === 'object' && address !== null) url = `http://127.0.0.1:${address.port}`;
    });
  },
  ...more,
});
const run = (more: Partial<ServiceParts> = {}) =>
  runService(
    {
      service: 'test',
      config: () => ({ host: '127.0.0.1', port: 0, logLevel: 'fatal' as const }),
      build: builtFrom(async () => parts(more)),
    },
    host,
  );

const get = (path: string, agent?: Agent) =>
  new Promise<{ status: number | undefined; connection: string | undefined; body: string }>(
    (resolve, reject) => {
      request(`${url}${path}`, { agent }, (response) => {
        let body = '';
        response.on('data', (part) => (body += String(part)));
        response.on('end', () =>
          resolve({ status: response.statusCode, connection: response.headers.connection, body }),
        );
      })
        .on('error', reject)
        .end();
    },
  );
const refusesConnections = () =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
      .on('connect', () => {
        socket.destroy();
        resolve(false);
      })
      .on('error', () => resolve(true));
  });

describe('a running service', () => {
  const write = process.stdout.write.bind(process.stdout);
  let said = '';

  beforeEach(() => {
    host = new Host();
    done = [];
    said = '';
    process.stdout.write = (text: string) => {
      said += text;
      return true;
    };
  });
  afterEach(() => {
    process.stdout.write = write;
  });

  it('on SIGTERM finishes running requests, then consumers, then drains in order, and exits 0', async () => {
    await run({ strategy: new Consumers() });
    const agent = new Agent({ keepAlive: true });
    await get('/health/live', agent);
    const slow = get('/slow', agent);
    await eventually(() => finishSlow !== undefined, { says: 'the request is in hand' });
    host.emit('SIGTERM', 'SIGTERM');
    await eventually(refusesConnections, { says: 'the port is closed' });
    expect(host.exits).toEqual([]);
    finishSlow?.();
    expect(await slow).toMatchObject({ status: 200, body: 'finished' });
    await eventually(() => host.exits.length > 0, {
      withinMs: 3_000,
      says: 'the process ends, although a connection was kept alive',
    });
    expect({ exits: host.exits, done }).toEqual({
      exits: [0],
      done: ['request', 'consumers', 'relay', 'database'],
    });
    agent.destroy();
  });

  it('exits at once on a second signal', async () => {
    await run();
    finishSlow = undefined;
    const slow = get('/slow').catch(() => undefined);
    await eventually(() => finishSlow !== undefined, { says: 'the request is in hand' });
    host.emit('SIGINT', 'SIGINT');
    host.emit('SIGINT', 'SIGINT');
    expect(host.exits).toEqual([130]);
    (finishSlow as (() => void) | undefined)?.();
    await slow;
    await eventually(() => host.exits.length === 2, { says: 'the first stop ends too' });
  });

  it('serves HTTP before its consumers have joined', async () => {
    let joined: (() => void) | undefined;
    await run({ strategy: new Consumers((callback) => (joined = () => callback())) });
    expect((await get('/health/live')).status).toBe(200);
    joined?.();
    host.emit('SIGTERM', 'SIGTERM');
    await eventually(() => host.exits.length > 0, { says: 'it stops' });
  });

  it('exits 1 when a consumer cannot start', async () => {
    await run({ strategy: new Consumers((callback) => callback(new Error('no such topic'))) });
    await eventually(() => host.exits.includes(1), { says: 'it gives up' });
    expect(said).toContain('no such topic');
    host.emit('SIGTERM', 'SIGTERM');
    await eventually(() => host.exits.length > 1, { says: 'it stops' });
  });

  it('logs missing settings in one line, and exits 1', async () => {
    await runService(
      {
        service: 'test',
        config: () => ({ host: '', ...readConfig({}, { port: portSetting('PORT') }) }),
        build: builtFrom(async () => parts()),
      },
      host,
    );
    expect(host.exits).toEqual([1]);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(said)).toMatchObject({
      level: 'fatal',
      service: 'test',
      msg: expect.stringContaining('PORT is missing'),
    });
    expect(said).not.toContain(ConfigurationError.name);
  });

  it('answers bytes that are not HTTP with problem details', async () => {
    await run();
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      connect(Number(new URL(url).port), '127.0.0.1')
        .on('data', (part) => (text += String(part)))
        .on('close', () => resolve(text))
        .end('this is no HTTP\r\n\r\n');
    });
    expect(answer).toContain('content-type: application/problem+json');
    host.emit('SIGTERM', 'SIGTERM');
    await eventually(() => host.exits.length > 0, { says: 'it stops' });
  });
});
