export { aclOf } from './access.ts';
export { createTopics } from './create-topics.ts';
export { kafkaLimitsFrom, provisionKafka, type BrokerAddress } from './provision.ts';
export { setScramUsers } from './scram-users.ts';
