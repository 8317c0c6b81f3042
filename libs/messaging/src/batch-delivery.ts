import { Refusal } from '#contracts';
import { halving } from '#kernel';
import { deadLetter, type DeadLetter } from './dead-letter.ts';
import { mapInTurns } from './in-turns.ts';
import { readDelivery, type Delivery, type ReceivedMessage } from './received-message.ts';

/** What a batch is delivered to, and how its delivery waits. */
export interface DeliveryPort {
  /** One transaction: all of the batch has its effect, or none of it. */
  handle(batch: readonly Delivery[]): Promise<void>;
  keep(letters: readonly DeadLetter[]): Promise<void>;
  /** True when the same work may succeed later: then nothing is a dead letter. */
  isTransient(error: unknown): boolean;
  /** Waits before attempt number `attempt`; false when the messages are no longer ours to handle. */
  waitToRetry(attempt: number, error: unknown): Promise<boolean>;
  /** A message alone provoked a fault that is ours: called once, before it becomes a dead letter. */
  defect(delivery: Delivery, error: unknown): void;
  /** A wait is over and the work went through. */
  recovered(): void;
}

/** Thrown inside when the partition is gone; what had no effect yet is left for whoever has it next. */
class Abandoned extends Error {}

/**
 * Gives every message of a batch its effect, in order, or keeps it as a dead letter. A batch that fails is halved
 * until the message at fault is alone, so one poison costs about twice the logarithm of the batch in extra transactions.
 * Returns false when it had to be given up before its end: then its offsets must not be committed.
 */
export async function deliverBatch(
  messages: readonly ReceivedMessage[],
  port: DeliveryPort,
): Promise<boolean> {
  const letters: DeadLetter[] = [];
  const readable: Delivery[] = [];
  await mapInTurns(messages, (message) => {
    try {
      readable.push(readDelivery(message));
    } catch (error) {
      letters.push(deadLetter(message, error));
    }
  });
  try {
    if (readable.length > 0) letters.push(...(await handleOrHalve(readable, port)));
    // A letter that cannot be kept is tried again whatever the fault is: it must not be lost.
    if (letters.length > 0)
      await untilItWorks(
        () => port.keep(letters),
        () => true,
        port,
      );
    return true;
  } catch (error) {
    if (error instanceof Abandoned) return false;
    throw error;
  }
}

/** Returns the dead letters of the messages that are at fault. */
function handleOrHalve(batch: readonly Delivery[], port: DeliveryPort): Promise<readonly DeadLetter[]> {
  const handle = async (some: readonly Delivery[]): Promise<[]> => {
    await untilItWorks(
      () => port.handle(some),
      (error) => !(error instanceof Refusal) && port.isTransient(error),
      port,
    );
    return [];
  };
  return halving<Delivery, DeadLetter>(batch, handle, (error, failed) => {
    if (error instanceof Abandoned) throw error;
    const [delivery, ...others] = failed as readonly [Delivery, ...Delivery[]];
    if (others.length > 0) return undefined;
    if (!(error instanceof Refusal)) port.defect(delivery, error);
    return [deadLetter(delivery.message, error, delivery.envelope.value)];
  });
}

async function untilItWorks(
  work: () => Promise<void>,
  mayWorkLater: (error: unknown) => boolean,
  port: DeliveryPort,
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await work();
      if (attempt > 0) port.recovered();
      return;
    } catch (error) {
      if (!mayWorkLater(error)) {
        if (attempt > 0) port.recovered();
        throw error;
      }
      if (!(await port.waitToRetry(attempt, error))) throw new Abandoned();
    }
  }
}
