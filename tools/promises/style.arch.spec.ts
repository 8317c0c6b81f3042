import { describe, expect, it } from '@jest/globals';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import { asyncapi, oas } from '@stoplight/spectral-rulesets';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../deploy/local/deployment.ts';

/** A ruleset, with its rules by name. */
type Rules = Pick<typeof oas | typeof asyncapi, 'rules'>;

const NOT_ASKED = [
  // Who to write to, and on which terms, is known to whoever runs a deployment.
  ...['contact-properties', 'info-license', 'license-url'],
  ...['asyncapi-info-contact-properties', 'asyncapi-info-license-url'],
  // Groups stand in the order in which a reader should meet them.
  'openapi-tags-alphabetical',
];

/** What Spectral has to say, by all its rules but those. */
async function findings(document: object, rules: Rules): Promise<string[]> {
  const linter = new spectral.Spectral();
  const off = NOT_ASKED.filter((rule) => rule in rules.rules);
  linter.setRuleset({
    extends: [[rules as RulesetDefinition, 'all']],
    rules: Object.fromEntries(off.map((rule) => [rule, 'off' as const])),
  });
  const found = await linter.run(JSON.stringify(document));
  return found.map(({ code, message, path }) => `${String(code)} at ${path.join('/')}: ${message}`);
}

const kept = (name: string): Record<string, object> =>
  JSON.parse(readFileSync(join(ROOT, 'docs/reference', name), 'utf8')) as Record<string, object>;

describe('the style of what is described', () => {
  it.each([
    ['openapi.json', oas],
    ['asyncapi.json', asyncapi],
  ])('%s has no finding of Spectral', async (name, rules) => {
    expect(await findings(kept(name), rules)).toEqual([]);
  });

  it('finds a group that nobody described, and an example that does not fit its schema', async () => {
    const document = kept('openapi.json');
    const paths = document['paths'] as {
      '/v1/requests': { post: { requestBody: { content: { 'application/json': { examples: object } } } } };
    };
    paths['/v1/requests'].post.requestBody.content['application/json'].examples = {
      wrong: { value: { reference: 7 } },
    };
    const found = await findings({ ...document, tags: [{ name: 'Requests' }] }, oas);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^tag-description at tags\/0/),
        expect.stringMatching(/^oas3-valid-media-example at /),
      ]),
    );
  });

  it('finds a topic whose parameter is not described', async () => {
    const document = kept('asyncapi.json');
    const channels = document['channels'] as { 'force-events': { parameters: object } };
    channels['force-events'].parameters = {};
    expect(await findings(document, asyncapi)).toEqual([expect.stringContaining('channels/force-events')]);
  });
});
