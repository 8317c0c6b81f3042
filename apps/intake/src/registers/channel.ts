/** The way by which something came in. */
export type Channel = 'rest' | 'kafka';
