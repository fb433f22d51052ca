import { bytesOf, isSame, order, type Path, typeOf, valueAt } from './attribute-values.ts';
import type { Expression, Operand } from './expressions.ts';
import { legacyExpression } from './legacy-conditions.ts';
import type { AttributeValue, Input, Item } from './table-types.ts';

/** The members of a validated input that hold a condition on an item. */
const CONDITIONS = {
  condition: { parsed: '_condition', legacy: 'Expected' },
  queryFilter: { parsed: '_filter', legacy: 'QueryFilter' },
  scanFilter: { parsed: '_filter', legacy: 'ScanFilter' },
} as const;

/**
 * Whether an item meets the condition or the filter of a validated input. It replaces dynalite's
 * evaluation, which never finds two lists or maps equal and treats empty and false values as
 * absent.
 */
export function meets(kind: keyof typeof CONDITIONS, data: Input, item: Item | undefined): boolean {
  const { parsed, legacy } = CONDITIONS[kind];
  const condition = data[parsed] as { expression: Expression } | undefined;
  const expression = condition?.expression ?? legacyExpression(data, legacy);
  return !expression || holds(expression, item ?? {});
}

function holds(expression: Expression, item: Item): boolean {
  const parts = expression.args as readonly Expression[];
  if (expression.type === 'and') return parts.every((part) => holds(part, item));
  if (expression.type === 'or') return parts.some((part) => holds(part, item));
  if (expression.type === 'not') return !holds(parts[0] as Expression, item);
  const [value, ...others] = expression.args.map((arg) => resolve(arg as Operand, item));
  const operator = expression.type === 'function' ? (expression.name ?? '') : expression.type;
  if (operator === 'attribute_exists') return value !== undefined;
  if (operator === 'attribute_not_exists') return value === undefined;
  if (operator === '<>') return value === undefined || !isSame(value, others[0]);
  return value !== undefined && compares(operator, value, others);
}

function compares(
  operator: string,
  value: AttributeValue,
  others: readonly (AttributeValue | undefined)[],
): boolean {
  const [first, second] = others;
  const ordered = () => order(value, first) ?? Number.NaN;
  switch (operator) {
    case '=':
      return isSame(value, first);
    case '<':
      return ordered() < 0;
    case '<=':
      return ordered() <= 0;
    case '>':
      return ordered() > 0;
    case '>=':
      return ordered() >= 0;
    case 'between':
      return ordered() >= 0 && (order(value, second) ?? Number.NaN) <= 0;
    case 'in':
      return others.some((other) => isSame(value, other));
    case 'attribute_type':
      return typeOf(value) === first?.S;
    case 'begins_with':
      return first !== undefined && beginsWith(value, first);
    case 'contains':
      return first !== undefined && contains(value, first);
    default:
      throw new Error(`dynalite parsed an unknown condition: ${operator}`);
  }
}

function beginsWith(value: AttributeValue, start: AttributeValue): boolean {
  const type = typeOf(value);
  if ((type !== 'S' && type !== 'B') || typeOf(start) !== type) return false;
  const prefix = bytesOf(start);
  return bytesOf(value).subarray(0, prefix.length).equals(prefix);
}

/** Whether a text or binary contains a part, or a list or set contains a member. */
function contains(value: AttributeValue, part: AttributeValue): boolean {
  const type = typeOf(value);
  const content = value[type];
  if (type === 'L') return (content as AttributeValue[]).some((member) => isSame(member, part));
  const partType = typeOf(part);
  if (type === 'S' || type === 'B')
    return partType === type && bytesOf(value).includes(bytesOf(part));
  return type === `${partType}S` && (content as unknown[]).includes(part[partType]);
}

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (Array.isArray(operand)) return valueAt(operand as Path, item);
  const call = operand as { type?: unknown; args: Operand[] };
  if (call.type !== 'function') return operand as AttributeValue;
  const [argument] = call.args;
  const value = argument === undefined ? undefined : resolve(argument, item);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

/** The function `size`: the number of characters, bytes or members. Undefined for other types. */
function sizeOf(value: AttributeValue): number | undefined {
  const type = typeOf(value);
  const content = value[type];
  if (type === 'B') return bytesOf(value).length;
  if (type === 'M') return Object.keys(content as Item).length;
  if (type === 'S' || Array.isArray(content)) return (content as string | unknown[]).length;
  return undefined;
}
