import {
  accessRulesOf,
  principalsOf,
  TOPIC_FAMILIES,
  topicsOf,
  type Topology,
  type TopicDeclaration,
} from '#contracts';
import { DAY_MS } from '#kernel';
import { table } from '../markdown/markdown.ts';

/**
 * Generates docs/reference/topics.md: the topics, their messages and the access rules, as the contracts
 * declare them.
 */
export function topicsPage(topology: Topology): string {
  return [
    '# Topics',
    '',
    'Generated from `libs/contracts/src/topics.ts` by `npm run generate`; do not edit. A test fails if it is out of date.',
    '',
    'Messages are CloudEvents 1.0 in the Kafka binary binding: attributes in `ce_*` headers, the data in the value.',
    '',
    ...TOPIC_FAMILIES.flatMap(familySection),
    '## Topics of this cluster',
    '',
    ...table(
      ['topic', 'partitions', 'kept'],
      topicsOf(topology).map(({ name, declaration }) => [
        `\`${name}\``,
        String(declaration.partitions),
        keptOf(declaration),
      ]),
    ),
    '',
    '## Access rules',
    '',
    `The broker denies everything else. Principals sign in with SCRAM-SHA-512. The names of a force's consumer groups begin with its slug and a dot.`,
    '',
    ...table(['principal', 'may', 'on'], rulesOf(topology)),
    '',
  ].join('\n');
}

function familySection(family: TopicDeclaration): string[] {
  return [
    `## \`${family.pattern}\``,
    '',
    family.purpose,
    '',
    ...table(
      ['', ''],
      [
        ['key', family.key],
        ['partitions', String(family.partitions)],
        ['kept', keptOf(family)],
        ['written by', family.publishers.map(code).join(', ')],
        ['read by', family.consumers.map(code).join(', ')],
        ['a message that cannot be accepted', family.deadLetter],
        ['messages', family.messages.map(code).join('<br>')],
      ],
    ),
    '',
  ];
}

function rulesOf(topology: Topology): string[][] {
  const rules = accessRulesOf(topology);
  return principalsOf(topology).flatMap((principal) => {
    const own = rules.filter((rule) => rule.principal === principal);
    const targets = [
      ...new Set(
        own.map(({ resource, name, match }) => `${resource} \`${name}${match === 'prefixed' ? '*' : ''}\``),
      ),
    ];
    return targets.map((target) => {
      const operations = own.filter(
        ({ resource, name, match }) => `${resource} \`${name}${match === 'prefixed' ? '*' : ''}\`` === target,
      );
      return [code(principal), operations.map(({ operation }) => operation).join(', '), target];
    });
  });
}

function keptOf({ cleanup, retentionMs }: TopicDeclaration): string {
  return cleanup === 'compact' || retentionMs === null
    ? 'the latest per key, for ever'
    : `${String(retentionMs / DAY_MS)} days`;
}

const code = (text: string): string => `\`${text}\``;
