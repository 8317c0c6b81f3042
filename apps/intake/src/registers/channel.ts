/** The channel by which a submission or message arrived. */
export type Channel = 'rest' | 'kafka';
