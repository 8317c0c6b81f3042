import { kafkaLimitsFrom, provisionKafka } from '#broker-admin';
import { provideDatabases } from '../local/databases.ts';
import { writeDevelopmentClients } from '../local/identity-provider-clients.ts';
import {
  cursorSecretOf,
  deploymentFrom,
  DESK,
  loopback,
  issuesCursors,
  portsFrom,
} from '../local/deployment.ts';
import { describeRun, writeRunFile } from '../local/run-file.ts';
import { Secrets, writePrivately } from '../local/secrets.ts';
import { migrateService } from '../local/services.ts';
import { writeUnitKeys } from '../local/unit-keys.ts';

/**
 * The job of docker-compose.yml that runs before the services. It does what `npm start` does after PostgreSQL
 * and Kafka are ready: databases, topics, sign-ins and keys.
 */
const DIRECTORY = '/data';
const PORT_BASE = 7300;

const {
  DATABASE_URL = '',
  KAFKA_BROKERS = '',
  KAFKA_USERNAME = '',
  KAFKA_PASSWORD = '',
  CONCORDAT_PASSWORD = '',
} = process.env;
const deployment = deploymentFrom();
const ports = portsFrom(PORT_BASE, deployment);
const brokers = KAFKA_BROKERS.split(',');
const password = (): string => CONCORDAT_PASSWORD;

const databases = await provideDatabases(DATABASE_URL, deployment.databases, password);
const broker = { brokers, username: KAFKA_USERNAME, password: KAFKA_PASSWORD, tls: false };
const provisioned = await provisionKafka(broker, deployment, password, kafkaLimitsFrom(process.env));
await Promise.all([...databases].map(([service, urls]) => migrateService(service, urls)));
const secrets = new Secrets(`${DIRECTORY}/secrets.json`);
for (const service of deployment.services.filter(issuesCursors)) {
  writePrivately(`${DIRECTORY}/cursor-keys/${service}`, secrets.key(cursorSecretOf(service)));
}
writePrivately(`${DIRECTORY}/session-keys/${DESK}`, secrets.key('desk sessions'));
const { clients, people } = await writeDevelopmentClients({
  dir: DIRECTORY,
  ...deployment,
  deskOrigin: loopback(ports.services[DESK] ?? 0),
});
writeUnitKeys(`${DIRECTORY}/unit-keys`, deployment.units);
const urlOf = (service: string): string =>
  service === 'identity'
    ? // The address must be the issuer's own; see tools/generators/compose.ts.
      `http://identity.localhost:${String(ports.identity)}`
    : `http://${service}:${String(ports.services[service])}`;
const running = {
  deployment,
  portBase: PORT_BASE,
  urlOf,
  brokers,
  databases,
  clients,
  people,
  kafkaPassword: password,
  logs: '',
};
writeRunFile(`${DIRECTORY}/run.json`, describeRun(running, new Date(), {}));
console.log(
  `${String(databases.size)} databases, ${String(provisioned.topics)} topics, ${String(provisioned.rules)} access rules, ${String(clients.length)} sign-ins`,
);
