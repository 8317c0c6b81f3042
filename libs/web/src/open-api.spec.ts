import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Post } from '@nestjs/common';
import { Described, json, named, TEXT } from './described.ts';
import { openApiOf } from './open-api.ts';
import { ForceRoute, OpenRoute } from './route-policy.ts';

const about = {
  title: 'A service',
  version: '1',
  description: 'It does things.',
  schemas: { Thing: { type: 'object' } },
  signIn: 'A token.',
  groups: [{ name: 'Things', of: ['things'], description: 'What there is.' }],
};

@Controller('v1/things')
class Things {
  @Get(':id')
  @OpenRoute()
  @Described({
    id: 'readThing',
    summary: 'Read a thing',
    answers: { 200: { means: 'It', content: json(named('Thing')) } },
    problems: ['not-found'],
  })
  read(): void {}

  @Post()
  @ForceRoute()
  @Described({
    id: 'makeThing',
    summary: 'Make a thing',
    body: json(TEXT, 'so'),
    answers: { 201: { means: 'Made', headers: { etag: 'Its version' } } },
  })
  make(): void {}
}

describe('the OpenAPI document of controllers', () => {
  const document = openApiOf([Things], about);
  const codesOf = (path: string, method: string): readonly string[] =>
    document.paths[path]?.[method]?.['x-problem-codes'] ?? [];

  it('has each route at its path, with its parameters and the callers it admits', () => {
    expect(Object.keys(document.paths)).toEqual(['/v1/things', '/v1/things/{id}']);
    expect(document.paths['/v1/things/{id}']?.['get']).toMatchObject({
      operationId: 'readThing',
      security: [],
      parameters: [{ name: 'id', in: 'path', required: true }],
    });
    expect(document.paths['/v1/things']?.['post']).toMatchObject({
      security: [{ token: [] }],
      requestBody: { required: true, content: { 'application/json': { schema: TEXT, example: 'so' } } },
      responses: { 201: { description: 'Made', headers: { etag: { description: 'Its version' } } } },
    });
  });

  it('adds the problems that follow from the policy and the body to those that a route names', () => {
    expect(codesOf('/v1/things/{id}', 'get')).toEqual(['invalid-request', 'not-found']);
    expect(codesOf('/v1/things', 'post')).toEqual([
      'unauthenticated',
      'not-allowed',
      'too-many-requests',
      'malformed-json',
      'too-deep',
      'too-large',
      'unsupported-media-type',
      'invalid-request',
    ]);
    expect(Object.keys(document.paths['/v1/things']?.['post']?.responses ?? {})).toEqual([
      '201',
      '400',
      '401',
      '403',
      '413',
      '415',
      '429',
      'default',
    ]);
  });

  it('refuses a route without a description, and names it', () => {
    @Controller('v1/more')
    class More {
      @Get()
      @OpenRoute()
      list(): void {}
    }
    expect(() => openApiOf([Things, More], about)).toThrow('More.list has no description or no policy');
  });

  it('refuses a route without a group, and shows the others in theirs', () => {
    @Controller('v1/more')
    class More {
      @Get()
      @OpenRoute()
      @Described({ id: 'listMore', summary: 'List more', answers: {} })
      list(): void {}
    }
    expect(() => openApiOf([Things, More], about)).toThrow('/v1/more belongs to no group');
    expect(document.tags).toEqual([{ name: 'Things', description: 'What there is.' }]);
    expect(document.paths['/v1/things']?.['post']).toMatchObject({ tags: ['Things'] });
  });

  it('refuses two routes with one id', () => {
    @Controller('v1/things')
    class More {
      @Get()
      @OpenRoute()
      @Described({ id: 'readThing', summary: 'Read another', answers: {} })
      list(): void {}
    }
    expect(() => openApiOf([Things, More], about)).toThrow('Two routes are described by the id readThing');
  });
});
