import { uriEncode } from '../endpoint/sigv4.ts';
import { AwsError } from '../kernel.ts';

const MAX_ENTRIES = 1000;
const MAX_INTEGER = 2_147_483_647;

/** One page of a list of keys, in byte order and grouped by a delimiter. */
export interface KeyPage<T> {
  readonly items: T[];
  /** The common prefixes of grouped keys. */
  readonly folders: string[];
  /** The last item or folder, if there is a next page. It starts after this entry. */
  readonly last?: { readonly entry: string; readonly item?: T };
}

/** Selects a page of `items`, which are sorted, after those that `isAfter` excludes. */
export function keyPage<T extends { readonly key: string }>(
  items: Iterable<T>,
  options: {
    readonly prefix: string;
    readonly delimiter: string;
    /** The marker of the request. A folder with this name is excluded as a whole. */
    readonly after: string;
    readonly isAfter: (item: T) => boolean;
    readonly max: number;
  },
): KeyPage<T> {
  const { prefix, delimiter, after, isAfter, max } = options;
  const page: { items: T[]; folders: string[] } = { items: [], folders: [] };
  let last: KeyPage<T>['last'];
  for (const item of items) {
    if (!item.key.startsWith(prefix) || !isAfter(item)) continue;
    const end = delimiter ? item.key.indexOf(delimiter, prefix.length) : -1;
    const folder = end < 0 ? undefined : item.key.slice(0, end + delimiter.length);
    if (folder !== undefined && (folder === after || page.folders.at(-1) === folder)) continue;
    if (page.items.length + page.folders.length === max) return last ? { ...page, last } : page;
    if (folder === undefined) page.items.push(item);
    else page.folders.push(folder);
    last = folder === undefined ? { entry: item.key, item } : { entry: folder };
  }
  return page;
}

export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/**
 * Reads `max-keys`, `max-uploads` or `max-parts`. The result is at most 1,000.
 * @throws AwsError InvalidArgument
 */
export function readMaximum(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null || text === '') return MAX_ENTRIES;
  if (!/^-?\d+$/.test(text)) {
    throw invalid(`Provided ${name} not an integer or within integer range`, name, text);
  }
  const value = Number(text);
  if (value < 0 || value > MAX_INTEGER) {
    throw invalid(`Argument ${name} must be an integer between 0 and ${MAX_INTEGER}`, name, text);
  }
  return Math.min(value, MAX_ENTRIES);
}

/**
 * The encoding of keys in a list: URL encoding with `+` for a space and unchanged slashes, if the
 * request asks for it.
 * @throws AwsError InvalidArgument for another encoding
 */
export function readEncoding(query: URLSearchParams): (text: string) => string {
  const type = query.get('encoding-type');
  if (type === null) return (text) => text;
  if (type !== 'url') {
    throw invalid('Invalid Encoding Method specified in Request', 'encoding-type', type);
  }
  return (text) => uriEncode(text).replaceAll('%2F', '/').replaceAll('%20', '+');
}

function invalid(message: string, name: string, value: string): AwsError {
  return new AwsError('InvalidArgument', `${message}: ${name} is ${value}`);
}
