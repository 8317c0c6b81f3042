/** White space, control and format characters, and whatever else is drawn as nothing; U+2800 is the braille pattern without dots. */
const INVISIBLE = String.raw`\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800`;
const A_VISIBLE_CHARACTER = new RegExp(`[^${INVISIBLE}]`, 'u');
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');
/** What a reader sees as a gap between two words: white space, the braille blank and the Hangul fillers. */
const GAPS = /[\p{White_Space}\u2800\u3164\uffa0]+/gu;

/** Whether a reader would see anything of a text. */
export function isVisible(text: string): boolean {
  return A_VISIBLE_CHARACTER.test(text);
}

/**
 * The form in which names that people typed are compared: composed and decomposed letters, wide and narrow ones, capitals and small
 * ones, and any number of spaces are the same, and what cannot be seen is left out. Only for comparing: a name is stored as it came.
 */
export function comparable(text: string): string {
  const words = text.replaceAll(GAPS, ' ').normalize('NFKC').split(' ');
  const seen = words.map((word) => word.replaceAll(INVISIBLES, '')).filter((word) => word !== '');
  // Both ways, because some letters change in one only: ß becomes SS, and ẞ first becomes ß.
  return seen.join(' ').toLowerCase().toUpperCase().normalize('NFKC');
}
