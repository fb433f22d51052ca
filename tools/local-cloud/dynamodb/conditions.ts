import { isDeepStrictEqual } from 'node:util';
import { compareValues } from './dynalite.ts';
import type { AttributeValue, Input, Item } from './table-types.ts';

/** A condition as dynalite's parser gives it: a path is an array, a value an attribute value. */
type Operand =
  | (string | number)[]
  | { type: string; name?: string; args: Operand[] }
  | AttributeValue;
interface Expression {
  readonly type: string;
  readonly name?: string;
  readonly args: (Operand | Expression)[];
}

const SETS = ['SS', 'NS', 'BS'];

/**
 * Whether an item meets the condition expression of a validated input. Ours, because dynalite's
 * evaluation finds no two
 * lists or maps equal and takes empty and false values for absent ones; order and ranges it
 * compares right.
 */
export function meetsCondition(data: Input, item: Item | undefined): boolean {
  const condition = data._condition as { expression: Expression } | undefined;
  return !condition || holds(condition.expression, item ?? {});
}

function holds(expression: Expression, item: Item): boolean {
  const [first, second] = expression.args as [Expression, Expression];
  if (expression.type === 'and') return holds(first, item) && holds(second, item);
  if (expression.type === 'or') return holds(first, item) || holds(second, item);
  if (expression.type === 'not') return !holds(first, item);
  const [value, ...others] = expression.args.map((arg) => resolve(arg as Operand, item));
  const operator = expression.type === 'function' ? (expression.name ?? '') : expression.type;
  switch (operator) {
    case '=':
      return value !== undefined && isSame(value, others[0]);
    case '<>':
      return value === undefined || !isSame(value, others[0]);
    case 'in':
      return value !== undefined && others.some((other) => isSame(value, other));
    case 'attribute_type':
      return value !== undefined && typeOf(value) === others[0]?.S;
    case 'contains':
      if (Array.isArray(value?.L)) return value.L.some((member) => isSame(member, others[0]));
      return compareValues(operator, value, others);
    default:
      return compareValues(operator, value, others);
  }
}

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (Array.isArray(operand)) return valueAt(operand, item);
  if (operand.type !== 'function') return operand as AttributeValue;
  const [argument] = operand.args as Operand[];
  const value = argument === undefined ? undefined : resolve(argument, item);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function valueAt(path: readonly (string | number)[], item: Item): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) {
    const members: unknown = typeof step === 'number' ? value?.L : value?.M;
    value = (members as Record<string | number, AttributeValue> | undefined)?.[step];
  }
  return value;
}

/** The function `size`: characters, bytes or members, by type; numbers have none. */
function sizeOf(value: AttributeValue): number | undefined {
  const content = value[typeOf(value)];
  if (typeof value.B === 'string') return Buffer.from(value.B, 'base64').length;
  if (typeof value.N === 'string') return undefined;
  if (typeof content === 'string' || Array.isArray(content)) return content.length;
  return typeof content === 'object' && content ? Object.keys(content).length : undefined;
}

/** Equality of DynamoDB: same type and content, sets in any order. */
function isSame(a: AttributeValue, b: AttributeValue | undefined): boolean {
  return b !== undefined && isDeepStrictEqual(normalized(a), normalized(b));
}

function normalized(value: AttributeValue): unknown {
  const type = typeOf(value);
  const content = value[type];
  if (SETS.includes(type)) return { [type]: [...(content as string[])].sort() };
  if (type === 'L') return { L: (content as AttributeValue[]).map(normalized) };
  if (type !== 'M') return { [type]: content };
  const members = Object.entries(content as Item);
  return { M: Object.fromEntries(members.map(([name, member]) => [name, normalized(member)])) };
}

function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0] ?? '';
}
