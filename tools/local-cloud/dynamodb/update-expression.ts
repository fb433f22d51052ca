import { AwsError } from '../kernel.ts';
import { isSet, type Path, typeOf, valueAt } from './attribute-values.ts';
import { negated, sum } from './decimal.ts';
import type { Operand } from './expressions.ts';
import type { AttributeValue, Item } from './table-types.ts';

/** One action of an update expression, from dynalite's parser. */
export interface UpdateAction {
  readonly type: 'set' | 'remove' | 'add' | 'delete';
  readonly path: Path;
  readonly val?: Operand;
}

/**
 * Applies update actions. All values and paths refer to the item before the update, so the order of
 * the actions does not matter.
 * @throws AwsError ValidationException
 */
export function applyActions(before: Item, actions: readonly UpdateAction[]): Item {
  const after = structuredClone(before);
  const lists = new Set<AttributeValue>();
  for (const action of actions) {
    const { path } = action;
    const parentPath = path.slice(0, -1);
    const last = path.at(-1) as string | number;
    const isIndex = typeof last === 'number';
    const old = valueAt(parentPath, before);
    const parent = parentPath.length === 0 ? { M: after } : valueAt(parentPath, after);
    const members = isIndex ? parent?.L : parent?.M;
    if (!parent || members === undefined || (isIndex ? old?.L : old?.M) === undefined) {
      throw invalid('The document path provided in the update expression is invalid for update');
    }
    if (isIndex) lists.add(parent);
    const current = valueAt(path, before);
    const next = nextValue(action, current, before);
    const container = members as Record<string | number, AttributeValue | undefined>;
    // An index is never shifted while other actions refer to it. Gaps are closed at the end.
    if (next !== undefined) container[last] = next;
    else if (isIndex && current !== undefined) container[last] = undefined;
    else if (!isIndex) delete container[last];
  }
  for (const list of lists) list.L = (list.L as unknown[]).filter((one) => one !== undefined);
  return after;
}

/** The value after an action, or undefined when the action removes it. */
function nextValue(
  { type, val }: UpdateAction,
  current: AttributeValue | undefined,
  before: Item,
): AttributeValue | undefined {
  if (type === 'remove') return undefined;
  if (type === 'set') return structuredClone(evaluate(val as Operand, before));
  const operand = val as AttributeValue;
  if (current !== undefined && typeOf(current) !== typeOf(operand)) throw wrongType();
  return type === 'add' ? added(current, operand) : reduced(current, operand);
}

function added(current: AttributeValue | undefined, operand: AttributeValue): AttributeValue {
  if (current === undefined) return structuredClone(operand);
  if (!isSet(operand)) return { N: sum(String(current.N), String(operand.N)) };
  const type = typeOf(operand);
  return { [type]: [...new Set([...members(current), ...members(operand)])] };
}

/** A set without the members of another. An empty set cannot be stored, so it is removed. */
function reduced(
  current: AttributeValue | undefined,
  operand: AttributeValue,
): AttributeValue | undefined {
  if (current === undefined) return undefined;
  const left = members(current).filter((member) => !members(operand).includes(member));
  return left.length === 0 ? undefined : { [typeOf(current)]: left };
}

function members(set: AttributeValue): string[] {
  return set[typeOf(set)] as string[];
}

function evaluate(value: Operand, before: Item): AttributeValue {
  if (Array.isArray(value)) {
    const found = valueAt(value as Path, before);
    if (found) return found;
    throw invalid('The provided expression refers to an attribute that does not exist in the item');
  }
  const call = value as { type?: unknown; name?: string; args?: Operand[] };
  if (typeof call.type !== 'string' || !call.args) return value as AttributeValue;
  const [first, second] = call.args as [Operand, Operand];
  if (call.name === 'if_not_exists') {
    return valueAt(first as Path, before) ?? evaluate(second, before);
  }
  const [left, right] = [evaluate(first, before), evaluate(second, before)];
  if (call.name === 'list_append') {
    if (!Array.isArray(left.L) || !Array.isArray(right.L)) throw wrongType();
    return { L: [...left.L, ...right.L] };
  }
  if (typeof left.N !== 'string' || typeof right.N !== 'string') throw wrongType();
  return { N: sum(left.N, call.type === 'add' ? right.N : negated(right.N)) };
}

function wrongType(): AwsError {
  return invalid('An operand in the update expression has an incorrect data type');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
