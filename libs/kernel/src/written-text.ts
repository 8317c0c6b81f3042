/**
 * White space, control and format characters and all others that are drawn as nothing; U+2800 is the blank
 * braille pattern.
 */
const INVISIBLE = String.raw`\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800`;
const A_VISIBLE_CHARACTER = new RegExp(`[^${INVISIBLE}]`, 'u');
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');
/**
 * Characters that a reader sees as a gap between two words: white space, the braille blank and the Hangul
 * fillers.
 */
const GAPS = /[\p{White_Space}\u2800\u3164\uffa0]+/gu;

/** True if a reader would see anything of a text. */
export function isVisible(text: string): boolean {
  return A_VISIBLE_CHARACTER.test(text);
}

/**
 * Returns the form for comparing names that people typed: composed and decomposed, wide and narrow, capital
 * and small letters and any number of spaces are equal, and invisible characters are removed. Names are
 * stored unchanged.
 */
export function comparable(text: string): string {
  const words = text.replaceAll(GAPS, ' ').normalize('NFKC').split(' ');
  const seen = words.map((word) => word.replaceAll(INVISIBLES, '')).filter((word) => word !== '');
  // Both conversions are needed, because some letters change in one only: ß becomes SS, and ẞ first becomes
  // ß.
  return seen.join(' ').toLowerCase().toUpperCase().normalize('NFKC');
}
