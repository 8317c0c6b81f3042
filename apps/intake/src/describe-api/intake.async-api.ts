import {
  MESSAGE_TYPES,
  schemaOf,
  TOPIC_FAMILIES,
  type MessageType,
  type Schema,
  type TopicDeclaration,
} from '#contracts';
import { DAY_MS } from '#kernel';
import { HEADERS_MAX, HEADERS_OF_BATCH_MAX, RECORDS_MAX, UNPACKED_BYTES_MAX } from '#messaging';
import { publishedAnswer, publishedSchema, type RequestType, type UnitDefinition } from '#unit';
import { answerNameOf, nameOf } from './intake.open-api.ts';

/** The principal of the force that owns the topic, as the contracts write it. */
const THE_FORCE = 'force-{force}';

const HEADERS = {
  type: 'object',
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'Identifies the message; a repeat has the same id',
    },
    ce_source: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'The sender, such as /force/bedfordshire or /unit/fleet',
    },
    ce_type: { type: 'string', description: 'The name of the message in this document' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_subject: { type: 'string', description: 'The request id; absent on messages from a force' },
    ce_owningforce: { type: 'string', description: 'The owning force; it must be the force of the topic' },
    ce_traceparent: { type: 'string', description: 'W3C trace context' },
  },
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time'],
};

/**
 * Makes the AsyncAPI 3.1 document of the topics that a force may write and read, with the payload and answer
 * schemas of each type.
 */
export function intakeAsyncApi(definitions: readonly UnitDefinition[]): object {
  const sent = TOPIC_FAMILIES.filter(({ publishers }) => publishers.includes(THE_FORCE));
  const received = TOPIC_FAMILIES.filter(({ consumers }) => consumers.includes(THE_FORCE));
  const requestTypes = definitions.flatMap((unit) => unit.requestTypes);
  const types = [...new Set([...sent, ...received].flatMap(({ messages }) => messages))];
  return {
    asyncapi: '3.1.0',
    info: {
      title: "Concordat: a force's topics",
      version: 'v1',
      description: [
        'A force that connects by Kafka writes to its requests topic and reads its events topic. It uses its own principal, and consumer groups',
        'whose names start with its slug and a dot. Messages are CloudEvents 1.0 in the binary mode of the Kafka binding: attributes in `ce_*`',
        'headers, the data in the value. A repeated message with the same `ce_id` changes nothing. REST offers the same: see `/openapi.json`.',
        `A batch may be compressed with gzip or zstd. It may have at most ${grouped(RECORDS_MAX)} messages, ${grouped(HEADERS_OF_BATCH_MAX)} headers and ${UNPACKED_BYTES_MAX / 2 ** 20} MB uncompressed, and each message at most ${HEADERS_MAX} headers.`,
        'Messages beyond these limits, or compressed with snappy or lz4, are not read; they are listed among the refusals.',
      ].join('\n'),
      contact: { name: 'The operator of this deployment' },
      license: { name: 'All rights reserved' },
      tags: [{ name: 'force', description: 'The topics that a force may write and read' }],
    },
    defaultContentType: 'application/json',
    servers: {
      kafka: {
        host: 'the brokers of your deployment',
        protocol: 'kafka-secure',
        description: 'Each force gets the addresses together with its password.',
        security: [{ $ref: '#/components/securitySchemes/scram' }],
      },
    },
    channels: Object.fromEntries(
      [...sent, ...received].map((family) => [family.family, channelOf(family)] as const),
    ),
    operations: Object.fromEntries([
      ...sent.map((family) => [`send-${family.family}`, operationOf(family, 'send')] as const),
      ...received.map((family) => [`receive-${family.family}`, operationOf(family, 'receive')] as const),
    ]),
    components: {
      securitySchemes: { scram: { type: 'scramSha512' } },
      messageTraits: { cloudEvent: { headers: HEADERS } },
      messages: Object.fromEntries(types.map((type) => [type, messageOf(type, requestTypes)])),
      schemas: Object.fromEntries(
        requestTypes.flatMap((type) => [
          [payloadNameOf(type), publishedSchema(type)],
          [answerNameOf(type), publishedAnswer(type)],
        ]),
      ),
    },
  };
}

function channelOf({
  family,
  pattern,
  purpose,
  key,
  messages,
  retentionMs,
  deadLetter,
}: TopicDeclaration): object {
  const kept = retentionMs === null ? 'the latest of each key for ever' : `for ${retentionMs / DAY_MS} days`;
  return {
    address: pattern,
    title: family,
    description: `${purpose} Keyed by ${key}; kept ${kept}. A message that cannot be processed is ${deadLetter}.`,
    parameters: { force: { description: "The force's slug, such as bedfordshire" } },
    messages: Object.fromEntries(messages.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
  };
}

function operationOf(
  { family, purpose, key, messages }: TopicDeclaration,
  action: 'send' | 'receive',
): object {
  return {
    action,
    channel: { $ref: `#/channels/${family}` },
    summary: purpose,
    description: `${purpose} Keyed by ${key}.`,
    messages: messages.map((type) => ({ $ref: `#/channels/${family}/messages/${type}` })),
  };
}

const payloadNameOf = (type: RequestType): string => `${nameOf(type)}.payload`;

/** Returns the schema of a message's value. A payload or answer in it is one of the declared types. */
function valueOf(type: MessageType, requestTypes: readonly RequestType[]): Schema {
  const schema = schemaOf(MESSAGE_TYPES[type]);
  const properties = schema['properties'] as Readonly<Record<string, Schema>>;
  const oneOf = (name: string, nameOfType: (one: RequestType) => string): object => ({
    [name]: {
      ...properties[name],
      anyOf: requestTypes.map((one) => ({ $ref: `#/components/schemas/${nameOfType(one)}` })),
    },
  });
  return {
    ...schema,
    properties: {
      ...properties,
      ...(type === 'concordat.submit-request.v1' && oneOf('payload', payloadNameOf)),
      ...(type === 'concordat.request-answered.v1' && oneOf('answer', answerNameOf)),
    },
  };
}

function messageOf(type: MessageType, requestTypes: readonly RequestType[]): object {
  return {
    name: type,
    title: type.replace(/^concordat\.(.+)\.v\d+$/, '$1').replaceAll('-', ' '),
    contentType: 'application/json',
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    payload: valueOf(type, requestTypes),
  };
}

const grouped = (count: number): string => count.toLocaleString('en-GB');
