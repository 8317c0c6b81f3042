/** Called after a commit that stored something of a force: wakes the relay, and the responder of a sandbox. */
export type OnStored = (force: string) => void;

/** Nest's token for the function, which has no class that could be one. */
export const ON_STORED = Symbol('on-stored');
