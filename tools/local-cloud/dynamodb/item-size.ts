import { bytesOf, typeOf } from './attribute-values.ts';
import type { AttributeValue, Item } from './table-types.ts';

// "DynamoDB item sizes and formats" in the Amazon DynamoDB Developer Guide.
const COLLECTION_BYTES = 3;
const MEMBER_BYTES = 1;
/** "Service, account, and table quotas" in the same guide. */
export const MAX_ITEM_BYTES = 400 * 1024;

/**
 * The size of an item in bytes, as DynamoDB bills it: names and values in UTF-8. 0 for a missing
 * item.
 */
export function itemBytes(item: Item = {}): number {
  return Object.entries(item).reduce(
    (bytes, [name, value]) => bytes + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes(value: AttributeValue): number {
  const type = typeOf(value);
  const content = value[type];
  if (type === 'S' || type === 'B') return bytesOf(value).length;
  if (type === 'N') return numberBytes(String(content));
  if (type === 'NULL' || type === 'BOOL') return 1;
  if (type === 'M') {
    const members = content as Item;
    return COLLECTION_BYTES + Object.keys(members).length * MEMBER_BYTES + itemBytes(members);
  }
  const members = content as unknown[];
  if (type === 'L') {
    return (members as AttributeValue[]).reduce(
      (bytes, member) => bytes + MEMBER_BYTES + valueBytes(member),
      COLLECTION_BYTES,
    );
  }
  const memberType = type.charAt(0);
  return members.reduce<number>((bytes, one) => bytes + valueBytes({ [memberType]: one }), 0);
}

/** One byte, one for a minus sign, and one for each two significant digits before and after the point. */
function numberBytes(number: string): number {
  const [whole = '', fraction = ''] = number.replace('-', '').split('.');
  const integer = whole.replace(/^0+/, '');
  const significant = {
    whole: fraction === '' ? integer.replace(/0+$/, '') : integer,
    fraction: integer === '' ? fraction.replace(/^0+/, '') : fraction,
  };
  return (
    1 +
    (number.startsWith('-') ? 1 : 0) +
    Math.ceil(significant.whole.length / 2) +
    Math.ceil(significant.fraction.length / 2)
  );
}
