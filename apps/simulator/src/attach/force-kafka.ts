import { encodeEnvelope, type MessageType } from '#contracts';
import { newId } from '#kernel';
import { KafkaPublisher, KafkaReader, type KafkaSettings } from '#messaging';
import type { SubmissionBody } from './force-system.ts';
import type { RunningStack } from '#client';

/** An event about a request on the force's own events topic. */
export interface ForceEvent {
  readonly type: string;
  /** Absent if intake refused the message before it became a request. */
  readonly requestId?: string;
  readonly forceReference?: string;
  /** Present on refusals: the CloudEvents id of the refused message. */
  readonly messageId?: string;
  readonly question?: string;
  /** The version of the request after this event. */
  readonly sequence?: number;
  readonly unit?: string;
  readonly problem?: { readonly code?: string; readonly detail?: string };
}

/** A force's system that uses Kafka, with the force's own principal. */
export class ForceKafka {
  private constructor(
    readonly force: string,
    private readonly requestsTopic: string,
    private readonly publisher: KafkaPublisher,
  ) {}

  static async connect(force: string, stack: RunningStack): Promise<ForceKafka> {
    const { kafka } = accessOf(force, stack);
    return new ForceKafka(force, kafka.requestsTopic, await KafkaPublisher.connect(settingsOf(force, stack)));
  }

  /** Resolves when the broker has stored the message. Intake's result arrives on the events topic. */
  async submit(submission: SubmissionBody, messageId: string = newId()): Promise<void> {
    await this.publish('concordat.submit-request.v1', messageId, submission, submission.reference);
  }

  /** `questionVersion` names the question by the version of the request that carried it. */
  async reply(
    requestId: string,
    message: string,
    questionVersion: number,
    messageId: string = newId(),
  ): Promise<void> {
    await this.publish(
      'concordat.reply-to-question.v1',
      messageId,
      { requestId, message, questionVersion },
      requestId,
    );
  }

  close(): Promise<void> {
    return this.publisher.close();
  }

  private async publish(type: MessageType, id: string, value: object, key: string): Promise<void> {
    const envelope = { id, source: `/force/${this.force}`, type, time: new Date().toISOString(), value };
    await this.publisher.publish(this.requestsTopic, [encodeEnvelope(envelope, key)]);
  }
}

/**
 * Follows a force's events topic from its group's last place. The group is the force's prefix followed by
 * `name`.
 */
export async function followEvents(
  force: string,
  stack: RunningStack,
  name: string,
  onEvent: (event: ForceEvent) => Promise<void> | void,
): Promise<KafkaReader> {
  const { kafka } = accessOf(force, stack);
  return KafkaReader.start({
    settings: settingsOf(force, stack),
    topics: [kafka.eventsTopic],
    groupId: `${kafka.groupPrefix}${name}`,
    onMessages: async (messages) => {
      for (const { headers, value } of messages) {
        if (value === null) continue;
        await onEvent({
          ...(JSON.parse(value.toString('utf8')) as Omit<ForceEvent, 'type'>),
          type: headers['ce_type'] ?? '',
        });
      }
    },
  });
}

function accessOf(force: string, stack: RunningStack): RunningStack['forces'][string] {
  const access = stack.forces[force];
  if (!access) throw new Error(`the running stack has no client for ${force}`);
  return access;
}

function settingsOf(force: string, stack: RunningStack): KafkaSettings {
  const { username, password } = accessOf(force, stack).kafka;
  return { brokers: [...stack.kafka.brokers], username, password, tls: false, clientId: `${force}-system` };
}
