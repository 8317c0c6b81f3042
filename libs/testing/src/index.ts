export { testParts, type TestParts } from './parts.ts';
export { createServiceDatabase, type ServiceDatabase, type ServiceDatabaseOptions } from './service-database.ts';
export { adminKafka, createKafkaUsers, createTopics, deleteTopics, grantAccess, kafkaAs } from './kafka.ts';
export { eventually, type EventuallyOptions } from './eventually.ts';
export { uniqueSlug } from './unique-slug.ts';
export { testIdentity, type TestIdentity } from './test-identity.ts';
