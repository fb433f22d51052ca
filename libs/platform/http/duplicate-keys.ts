/** The tokens that matter for finding keys: strings and what gives them their place. Numbers and words are skipped. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Whether an object in this text names a field twice. `JSON.parse` keeps the last one silently, other parsers the first:
 * two readers of the same body could see different things.
 * @param text valid JSON
 */
export function hasDuplicateKeys(text: string): boolean {
  /** For each open object its keys so far; null for an open list. */
  const open: (Set<string> | null)[] = [];
  let keyComes = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      keyComes = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      keyComes = false;
    } else if (token === ',') {
      keyComes = open.at(-1) instanceof Set;
    } else if (token !== ':' && keyComes) {
      const keys = open.at(-1) as Set<string>;
      const key = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
      if (keys.has(key)) return true;
      keys.add(key);
      keyComes = false;
    }
  }
  return false;
}
