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

export interface PageRequest<T> {
  readonly scope: string;
  /** The token that the request contains, if any. */
  readonly token: unknown;
  /** Items per page. */
  readonly limit: number;
  /** A key that identifies an item of the list. */
  readonly keyOf: (item: T) => string;
  /** Creates the service's error for a token that is not one of this list. */
  readonly invalidToken: () => Error;
}

/**
 * Selects one page of a list. The next page begins after the last item of this one.
 * @throws Error the result of `invalidToken`
 */
export function pageOf<T>(
  all: readonly T[],
  { scope, token, limit, keyOf, invalidToken }: PageRequest<T>,
): { items: T[]; nextToken?: string } {
  let start = 0;
  if (token !== undefined && token !== null) {
    const position = fromPageToken(scope, String(token));
    start = position === undefined ? 0 : all.findIndex((item) => keyOf(item) === position) + 1;
    if (start === 0) throw invalidToken();
  }
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  if (last === undefined || start + items.length >= all.length) return { items };
  return { items, nextToken: toPageToken(scope, keyOf(last)) };
}
