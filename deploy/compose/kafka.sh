#!/bin/bash
# Starts the broker of docker-compose.yml in KRaft mode. Clients sign in with SCRAM-SHA-512, and the broker denies everything that no
# access list allows. The settings equal those of deploy/local/kafka.ts for one broker; docs/ says what production adds.
set -euo pipefail
conf=/tmp/server.properties
umask 077
scram=org.apache.kafka.common.security.scram.ScramLoginModule
plain=org.apache.kafka.common.security.plain.PlainLoginModule
cat >"$conf" <<SETTINGS
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:9093
listeners=CLIENTS://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093
advertised.listeners=CLIENTS://kafka:9092
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENTS
listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.clients.scram-sha-512.sasl.jaas.config=$scram required username="admin" password="$KAFKA_ADMIN_PASSWORD";
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=$plain required username="controller" password="$KAFKA_ADMIN_PASSWORD" user_controller="$KAFKA_ADMIN_PASSWORD";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:admin;User:controller
auto.create.topics.enable=false
log.dirs=/var/lib/kafka/data/log
num.partitions=6
log.index.size.max.bytes=1048576
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=10
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
SETTINGS
if [ ! -f /var/lib/kafka/data/log/meta.properties ]; then
  # The tool reads its arguments from a file, so that the password appears in no process list.
  printf -- '--add-scram\nSCRAM-SHA-512=[name=admin,password=%s]\n' "$KAFKA_ADMIN_PASSWORD" >/tmp/format.args
  /opt/kafka/bin/kafka-storage.sh format -t "$(/opt/kafka/bin/kafka-storage.sh random-uuid)" -c "$conf" @/tmp/format.args
  rm /tmp/format.args
fi
exec /opt/kafka/bin/kafka-server-start.sh "$conf"
