const LENGTH_BYTES = 4;
/**
 * A Kafka request begins with its kind, version and number, an answer with the number. No more is read here.
 */
const PRODUCE = 0;
const JOIN_GROUP = 11;

/** Splits a stream into Kafka frames. Each frame begins with its length. */
export class Frames {
  private rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Buffer[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const whole: Buffer[] = [];
    for (;;) {
      if (this.rest.length < LENGTH_BYTES) return whole;
      const end = LENGTH_BYTES + this.rest.readInt32BE(0);
      if (this.rest.length < end) return whole;
      whole.push(this.rest.subarray(0, end));
      this.rest = this.rest.subarray(end);
    }
  }
}

/** One connection to the broker. It knows which answers belong to produce requests. */
export class KafkaConversation {
  private readonly produces = new Set<number>();

  /** Records a request and returns whether it asks to join a consumer group. */
  request(frame: Buffer): { readonly joins: boolean } {
    const kind = frame.readInt16BE(LENGTH_BYTES);
    if (kind === PRODUCE) this.produces.add(frame.readInt32BE(LENGTH_BYTES + 4));
    return { joins: kind === JOIN_GROUP };
  }

  /** Returns whether the frame answers a produce request. */
  answer(frame: Buffer): { readonly produced: boolean } {
    return { produced: this.produces.delete(frame.readInt32BE(LENGTH_BYTES)) };
  }
}
