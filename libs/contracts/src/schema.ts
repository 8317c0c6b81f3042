/** A JSON Schema 2020-12 fragment. */
export type Schema = { readonly [keyword: string]: unknown };
