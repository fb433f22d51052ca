/** Words by which one product is found, at most: each is an item in the table, written with the product. */
export const mostWords = 40;

/** Characters of a word that count. */
const wordLength = 32;

/** Without case and accents, and with compatible forms made one: `Ｓtraße É` becomes `strasse e`. */
export function folded(text: string): string {
  // By way of upper case, which alone takes ß apart; before that ẞ has to become one.
  const cased = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase();
  const plain = cased.normalize('NFKD');
  return plain.replace(/\p{M}+/gu, '').replaceAll('ς', 'σ');
}

/** The distinct words of a text, folded, in their order; whatever is no letter and no digit separates them. */
export function wordsOf(text: string): string[] {
  const words = folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => [...word].slice(0, wordLength).join('')))];
}

/** What a product is found by: the first 40 distinct words of its name, its category and its description. */
export function productWords(product: {
  readonly name: string;
  readonly category: string;
  readonly description: string;
}): string[] {
  const { name, category, description } = product;
  return wordsOf(`${name} ${category} ${description}`).slice(0, mostWords);
}
