/** Most words a product is indexed by. Each is an item in the table, written with the product. */
export const MAX_WORDS = 40;

/** Characters of a word that are indexed. */
const MAX_WORD_LENGTH = 32;

/** Removes case, accents and compatibility forms: `Ｓtraße É` becomes `strasse e`. */
export function fold(text: string): string {
  // Upper-casing turns ß into SS, but leaves ẞ, which the first lower-casing turns into ß.
  const cased = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase();
  const plain = cased.normalize('NFKD');
  return plain.replace(/\p{M}+/gu, '').replaceAll('ς', 'σ');
}

/**
 * The distinct words of a text, folded, in order of appearance. Letters and digits form words; any
 * other character separates them.
 */
export function wordsOf(text: string): string[] {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => [...word].slice(0, MAX_WORD_LENGTH).join('')))];
}

/** The words a search finds a product by: the first 40 of its name, category and description. */
export function productWords(product: {
  readonly name: string;
  readonly category: string;
  readonly description: string;
}): string[] {
  const { name, category, description } = product;
  return wordsOf(`${name} ${category} ${description}`).slice(0, MAX_WORDS);
}
