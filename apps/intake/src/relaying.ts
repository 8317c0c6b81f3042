/** Tells the relay that something was committed for it. A class of its own, so that what stores need not know what relays. */
export class Relaying {
  constructor(readonly nudge: () => void) {}
}
