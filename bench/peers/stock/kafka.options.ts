import { Transport, type KafkaOptions } from '@nestjs/microservices';

export const REQUESTS = process.env['REQUESTS_TOPIC'] as string;
export const EVENTS = process.env['EVENTS_TOPIC'] as string;

/** Nest's own Kafka transport. All replicas acknowledge, as in ours; six partitions at once is fastest. */
export function kafkaOptions(clientId: string, role: 'client' | 'server' = 'server'): KafkaOptions {
  return {
    transport: Transport.KAFKA,
    options: {
      client: {
        clientId,
        brokers: (process.env['KAFKA_BROKERS'] as string).split(','),
        sasl: {
          mechanism: 'scram-sha-512',
          username: process.env['KAFKA_USERNAME'] as string,
          password: process.env['KAFKA_PASSWORD'] as string,
        },
      },
      consumer: { groupId: `${clientId}-${REQUESTS}` },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: 6 },
      send: { acks: -1 },
      producerOnlyMode: role === 'client',
    },
  };
}
