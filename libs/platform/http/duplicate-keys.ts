/** The tokens that determine keys: strings and punctuation. Numbers and literals are skipped. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Whether an object in this text has a duplicate key. `JSON.parse` silently keeps the last value, and other parsers
 * keep the first, so two readers of the same body could disagree.
 * @param text valid JSON
 */
export function hasDuplicateKeys(text: string): boolean {
  /** The keys of each open object so far; null for an open array. */
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      expectsKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsKey = false;
    } else if (token === ',') {
      expectsKey = open.at(-1) instanceof Set;
    } else if (token !== ':' && expectsKey) {
      const keys = open.at(-1) as Set<string>;
      const key = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
      if (keys.has(key)) return true;
      keys.add(key);
      expectsKey = false;
    }
  }
  return false;
}
