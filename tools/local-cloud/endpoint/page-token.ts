import { createHash } from 'node:crypto';

/** Characters of the digest that a token starts with. */
const DIGEST_LENGTH = 12;

/**
 * A paging token. It contains a position and a digest, so that a token from elsewhere is recognized.
 * @param scope the list that the token continues, e.g. `ListRules`
 */
export function toPageToken(scope: string, position: string): string {
  return Buffer.from(digest(scope, position) + position).toString('base64url');
}

/** The position of a paging token. Undefined when the token is not one of this list. */
export function fromPageToken(scope: string, token: string): string | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  const position = text.slice(DIGEST_LENGTH);
  return toPageToken(scope, position) === token ? position : undefined;
}

function digest(scope: string, position: string): string {
  return createHash('sha256').update(`${scope}\n${position}`).digest('hex').slice(0, DIGEST_LENGTH);
}

/**
 * The place of an item in its list. Keys are compared part by part: numbers by value, texts by
 * UTF-16 code unit.
 */
export type SortKey = readonly (string | number)[];

export interface PageRequest<T> {
  /** The list, with everything that changes its order. */
  readonly scope: string;
  /** The token that the request contains, if any. */
  readonly token: unknown;
  /** Items per page. */
  readonly limit: number;
  /** The sort key of an item. No other item of the list has the same. */
  readonly keyOf: (item: T) => SortKey;
  readonly descending?: boolean;
  /** Creates the service's error for a token that is not one of this list. */
  readonly invalidToken: () => Error;
}

/**
 * Sorts a list and selects one page of it. A token contains the sort key of the last item of its
 * page. The next page starts after that key, even if the item has been deleted in the meantime.
 * @throws Error the result of `invalidToken`
 */
export function pageOf<T>(
  all: readonly T[],
  { scope, token, limit, keyOf, descending = false, invalidToken }: PageRequest<T>,
): { items: T[]; nextToken?: string } {
  const sign = descending ? -1 : 1;
  const sorted = all
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => sign * compareKeys(a.key, b.key));
  const after = token === undefined || token === null ? undefined : keyIn(scope, String(token));
  if (after === null) throw invalidToken();
  const left = after ? sorted.filter(({ key }) => sign * compareKeys(key, after) > 0) : sorted;
  const page = left.slice(0, limit);
  const items = page.map(({ item }) => item);
  const last = page.at(-1);
  if (last === undefined || page.length === left.length) return { items };
  return { items, nextToken: toPageToken(scope, JSON.stringify(last.key)) };
}

/** The sort key in a token. Null when the token is not one of this list. */
function keyIn(scope: string, token: string): SortKey | null {
  const position = fromPageToken(scope, token);
  return position === undefined ? null : (JSON.parse(position) as SortKey);
}

function compareKeys(a: SortKey, b: SortKey): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  const [one, other] = [a[index], b[index]];
  if (one === undefined || other === undefined) return 0;
  return one < other ? -1 : 1;
}
