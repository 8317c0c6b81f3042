import { Refusal } from '#contracts';
import { halving } from '#kernel';
import { deadLetter, type DeadLetter } from './dead-letter.ts';
import { mapInTurns } from './in-turns.ts';
import { readDelivery, type Delivery, type ReceivedMessage } from './received-message.ts';

/** The receiver of a batch, and how its delivery waits. */
export interface DeliveryPort {
  /** Handles the batch in one transaction: either all of it takes effect, or nothing does. */
  handle(batch: readonly Delivery[]): Promise<void>;
  keep(letters: readonly DeadLetter[]): Promise<void>;
  /** True if the same work may succeed later. No message then becomes a dead letter. */
  isTransient(error: unknown): boolean;
  /** Waits before attempt number `attempt`. Returns false if another consumer has taken the messages over. */
  waitToRetry(attempt: number, error: unknown): Promise<boolean>;
  /** Called once for a message that alone causes a fault of ours, before it becomes a dead letter. */
  defect(delivery: Delivery, error: unknown): void;
  /** Called when the work has succeeded after a wait. */
  recovered(): void;
}

/** Thrown inside when the partition is gone. The next consumer handles what had no effect yet. */
class Abandoned extends Error {}

/**
 * Handles every message of a batch in order, or keeps it as a dead letter. A batch that fails is halved until
 * the faulty message is alone, so one poison message costs about twice the logarithm of the batch in extra
 * transactions. Returns false if the batch was given up before its end; its offsets must not be committed
 * then.
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
    // A dead letter that cannot be stored is tried again whatever the fault is, because it must not be lost.
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

/** Returns the dead letters of the faulty messages. */
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
