/** The placeholders of ready-made texts, with the words that explain them. */
export const PLACEHOLDERS = {
  reference: 'our reference',
  theirs: 'the force’s own reference',
  force: 'the name of the force',
  title: 'the kind of request',
  due: 'when it is due',
  me: 'your name',
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;

const WRITTEN = /\{\{ ?([a-z]{1,20}) ?\}\}/g;

/** Replaces each known placeholder; an unknown one stays as it is, so that its author sees it. */
export function fillIn(text: string, values: Readonly<Record<Placeholder, string>>): string {
  return text.replaceAll(WRITTEN, (written, name: string) =>
    Object.hasOwn(values, name) ? values[name as Placeholder] : written,
  );
}

/** The placeholders that do not exist, so that a misspelt one is refused when the text is saved. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(WRITTEN)].flatMap(([, name = '']) =>
    Object.hasOwn(PLACEHOLDERS, name) ? [] : [name],
  );
}
