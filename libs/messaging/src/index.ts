export { OnBatch } from './on-batch.ts';
export { KafkaTransport, type KafkaTransportOptions } from './kafka-transport.ts';
export type { ConsumerState, ConsumerStatus, Subscription } from './subscription.ts';
export { readDelivery, type Delivery, type ReceivedMessage } from './received-message.ts';
export type { DeadLetter, DeadLetterStore } from './dead-letter.ts';
export { OutboxRelay, type OutboxRelayOptions, type RelayStatus } from './outbox-relay.ts';
export {
  KafkaPublisher,
  KafkaReader,
  readTopic,
  rewindGroups,
  scanTopic,
  type KafkaReaderOptions,
  type OutgoingMessage,
} from './kafka-port.ts';
export type { KafkaSettings, LogLine } from './kafka-client.ts';
export { failpoint, type Failpoint } from './failpoint.ts';
export { HEADERS_MAX, HEADERS_OF_BATCH_MAX, RECORDS_MAX, UNPACKED_BYTES_MAX } from './record-batch.ts';
export { mapInTurns, takingTurns } from './in-turns.ts';
