/** The number of related requests that are shown beside a request. */
export const RELATED_MAX = 20;
