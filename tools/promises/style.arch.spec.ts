import { describe, expect, it } from '@jest/globals';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import { asyncapi, oas } from '@stoplight/spectral-rulesets';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

/** A ruleset with its rules by name. */
type Rules = Pick<typeof oas | typeof asyncapi, 'rules'>;

const DISABLED = [
  // Contact and licence depend on the deployment.
  ...['contact-properties', 'info-license', 'license-url'],
  ...['asyncapi-info-contact-properties', 'asyncapi-info-license-url'],
  // Groups are in the order in which a reader should meet them.
  'openapi-tags-alphabetical',
];

/** Lists the findings of Spectral with all rules except the disabled ones. */
async function findingsIn(document: object, rules: Rules): Promise<string[]> {
  const linter = new spectral.Spectral();
  const off = DISABLED.filter((rule) => rule in rules.rules);
  linter.setRuleset({
    extends: [[rules as RulesetDefinition, 'all']],
    rules: Object.fromEntries(off.map((rule) => [rule, 'off' as const])),
  });
  const found = await linter.run(JSON.stringify(document));
  return found.map(({ code, message, path }) => `${String(code)} at ${path.join('/')}: ${message}`);
}

const referenceDocument = (name: string): Record<string, object> =>
  JSON.parse(readFileSync(join(ROOT, 'docs/reference', name), 'utf8')) as Record<string, object>;

const STAFF_APIS = globSync('staff-api/*.json', { cwd: join(ROOT, 'docs/reference') });

describe('the style of the API documents', () => {
  it.each([
    ['openapi.json', oas],
    ['asyncapi.json', asyncapi],
    ...STAFF_APIS.map((name): [string, typeof oas] => [name, oas]),
  ])('is accepted by Spectral for %s', async (name, rules) => {
    expect(await findingsIn(referenceDocument(name), rules)).toEqual([]);
  });

  it('is rejected for a group without description and for an example that does not fit its schema', async () => {
    const document = referenceDocument('openapi.json');
    const paths = document['paths'] as {
      '/v1/requests': { post: { requestBody: { content: { 'application/json': { examples: object } } } } };
    };
    paths['/v1/requests'].post.requestBody.content['application/json'].examples = {
      wrong: { value: { reference: 7 } },
    };
    const found = await findingsIn({ ...document, tags: [{ name: 'Requests' }] }, oas);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^tag-description at tags\/0/),
        expect.stringMatching(/^oas3-valid-media-example at /),
      ]),
    );
  });

  it('is rejected for a topic with a parameter without description', async () => {
    const document = referenceDocument('asyncapi.json');
    const channels = document['channels'] as { 'force-events': { parameters: object } };
    channels['force-events'].parameters = {};
    expect(await findingsIn(document, asyncapi)).toEqual([expect.stringContaining('channels/force-events')]);
  });
});
