/**
 * A sleep that a call can end early. A call outside a sleep ends the next sleep at once, so that no call is
 * lost.
 */
export class WakeUp {
  private called = false;
  private wake: (() => void) | undefined;

  call(): void {
    this.called = true;
    this.wake?.();
  }

  /** Resolves after the time, or at once when called; true when it was called. */
  async sleep(ms: number): Promise<boolean> {
    if (!this.called && ms > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = undefined;
    }
    const wasCalled = this.called;
    this.called = false;
    return wasCalled;
  }
}
