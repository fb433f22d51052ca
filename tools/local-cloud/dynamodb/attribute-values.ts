import { isDeepStrictEqual } from 'node:util';
import { compareValues } from './dynalite.ts';
import type { AttributeValue, Item } from './table-types.ts';

export type Path = readonly (string | number)[];

const SET_TYPES = ['SS', 'NS', 'BS'];

/** The type of a value: `S`, `N`, `B`, `SS`, … */
export function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0] ?? '';
}

/** Whether a value is a set: of texts, numbers or binaries. */
export function isSet(value: AttributeValue): boolean {
  return SET_TYPES.includes(typeOf(value));
}

/** The value at a document path, or undefined. */
export function valueAt(path: Path, item: Item): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    const members: unknown = typeof step === 'number' ? value?.L : value?.M;
    value =
      typeof members === 'object' && members !== null && Object.hasOwn(members, step)
        ? (members as Record<string | number, AttributeValue>)[step]
        : undefined;
  }
  return value;
}

/** DynamoDB's equality: same type and content. The order of sets does not matter. */
export function isSame(a: AttributeValue, b: AttributeValue | undefined): boolean {
  return b !== undefined && isDeepStrictEqual(normalized(a), normalized(b));
}

/**
 * The order of two texts, numbers or binaries of one type: negative, 0 or positive. Texts and
 * binaries are compared by their bytes.
 * @returns undefined for other types, and for two different types
 */
export function order(a: AttributeValue, b: AttributeValue | undefined): number | undefined {
  const type = typeOf(a);
  if (b === undefined || typeOf(b) !== type) return undefined;
  if (type === 'S' || type === 'B') return Buffer.compare(bytesOf(a), bytesOf(b));
  if (type !== 'N') return undefined;
  if (compareValues('<', a, [b])) return -1;
  return compareValues('>', a, [b]) ? 1 : 0;
}

/** The bytes of a text or binary. */
export function bytesOf(value: AttributeValue): Buffer {
  return typeof value.B === 'string'
    ? Buffer.from(value.B, 'base64')
    : Buffer.from(String(value.S), 'utf8');
}

function normalized(value: AttributeValue): unknown {
  const type = typeOf(value);
  const content = value[type];
  if (isSet(value)) return { [type]: [...(content as string[])].sort() };
  if (type === 'L') return { L: (content as AttributeValue[]).map(normalized) };
  if (type !== 'M') return { [type]: content };
  const members = Object.entries(content as Item);
  return { M: Object.fromEntries(members.map(([name, member]) => [name, normalized(member)])) };
}
