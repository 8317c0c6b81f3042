/** Tells the relay, and the responder of a sandbox, that something of a force was committed for it. A class of its own, so that what stores need not know what relays. */
export class Relaying {
  constructor(readonly nudge: (force?: string) => void) {}
}
