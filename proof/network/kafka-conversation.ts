const LENGTH_BYTES = 4;
/** Of Kafka's wire format only this is known here: a request begins with its kind, version and number, an answer with the number. */
const PRODUCE = 0;
const JOIN_GROUP = 11;

/** Puts a stream back into the frames that it was cut from; each with its length before it. */
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

/** One connection to the broker: which answer belongs to which kind of request. */
export class KafkaConversation {
  private readonly produces = new Set<number>();

  /** Whether it asks to join a group. */
  request(frame: Buffer): { readonly joins: boolean } {
    const kind = frame.readInt16BE(LENGTH_BYTES);
    if (kind === PRODUCE) this.produces.add(frame.readInt32BE(LENGTH_BYTES + 4));
    return { joins: kind === JOIN_GROUP };
  }

  /** Whether it answers a produce request. */
  answer(frame: Buffer): { readonly produced: boolean } {
    return { produced: this.produces.delete(frame.readInt32BE(LENGTH_BYTES)) };
  }
}
