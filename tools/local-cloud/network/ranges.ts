/** An IPv4 range as a number: its first address and the length of its prefix. */
interface Range {
  readonly first: number;
  readonly bits: number;
}

/** All IPv4 addresses. */
export const EVERYWHERE = '0.0.0.0/0';

const FORM = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** @throws Error when the text is not an IPv4 range, e.g. `10.0.0.0/16` */
function parse(text: string): Range {
  const parts = FORM.exec(text)?.slice(1).map(Number) ?? [];
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = parts;
  if (bits > 32 || [a, b, c, d].some((part) => part > 255)) {
    throw new Error(`"${text}" is not an IPv4 range such as 10.0.0.0/16`);
  }
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % size), bits };
}

function contains(outer: Range, inner: Range): boolean {
  const size = 2 ** (32 - outer.bits);
  return outer.bits <= inner.bits && inner.first - (inner.first % size) === outer.first;
}

/**
 * Returns true when every address of `wanted` is in one of the ranges.
 * @throws Error when a text is not an IPv4 range
 */
export function covers(ranges: readonly string[], wanted: string): boolean {
  return coversRange(ranges.map(parse), parse(wanted));
}

function coversRange(ranges: readonly Range[], wanted: Range): boolean {
  if (ranges.some((range) => contains(range, wanted))) return true;
  const parts = ranges.filter((range) => contains(wanted, range));
  if (parts.length === 0) return false;
  const bits = wanted.bits + 1;
  const second = wanted.first + 2 ** (32 - bits);
  return (
    coversRange(parts, { first: wanted.first, bits }) && coversRange(parts, { first: second, bits })
  );
}

/** The length of the prefix: the longer, the more specific the range. @throws Error as `covers` */
export function prefixLength(range: string): number {
  return parse(range).bits;
}

/** The first address of a range with its prefix. @throws Error when the text is not an IPv4 range */
export function checkRange(text: unknown): string {
  parse(String(text));
  return String(text);
}
