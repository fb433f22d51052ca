import { isDeepStrictEqual } from 'node:util';
import { compareValues } from './dynalite.ts';
import type { AttributeValue, Input, Item } from './table-types.ts';

/** An operand from dynalite's parser: a path (an array), a function or an attribute value. */
type Operand =
  | (string | number)[]
  | { type: string; name?: string; args: Operand[] }
  | AttributeValue;
interface Expression {
  readonly type: string;
  readonly name?: string;
  readonly args: (Operand | Expression)[];
}

const SET_TYPES = ['SS', 'NS', 'BS'];

/**
 * Whether an item meets the condition expression of a validated input. It replaces dynalite's
 * evaluation, which never finds two lists or maps equal and treats empty and false values as
 * absent. dynalite still compares order and ranges.
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

/** The function `size`: the number of characters, bytes or members. Undefined for numbers. */
function sizeOf(value: AttributeValue): number | undefined {
  const content = value[typeOf(value)];
  if (typeof value.B === 'string') return Buffer.from(value.B, 'base64').length;
  if (typeof value.N === 'string') return undefined;
  if (typeof content === 'string' || Array.isArray(content)) return content.length;
  return typeof content === 'object' && content ? Object.keys(content).length : undefined;
}

/** DynamoDB's equality: same type and content. The order of sets does not matter. */
function isSame(a: AttributeValue, b: AttributeValue | undefined): boolean {
  return b !== undefined && isDeepStrictEqual(normalized(a), normalized(b));
}

function normalized(value: AttributeValue): unknown {
  const type = typeOf(value);
  const content = value[type];
  if (SET_TYPES.includes(type)) return { [type]: [...(content as string[])].sort() };
  if (type === 'L') return { L: (content as AttributeValue[]).map(normalized) };
  if (type !== 'M') return { [type]: content };
  const members = Object.entries(content as Item);
  return { M: Object.fromEntries(members.map(([name, member]) => [name, normalized(member)])) };
}

function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0] ?? '';
}
