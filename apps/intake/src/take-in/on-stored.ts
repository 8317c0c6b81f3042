/**
 * Called after a commit that stored something for a force: wakes the relay and the responder of a sandbox.
 */
export type OnStored = (force: string) => void;

/** Nest's injection token for the function, which has no class of its own. */
export const ON_STORED = Symbol('on-stored');
