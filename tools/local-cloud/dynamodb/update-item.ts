import { AwsError } from '../kernel.ts';
import { isSet, typeOf } from './attribute-values.ts';
import { checkUpdates, projected } from './dynalite.ts';
import { itemBytes, MAX_ITEM_BYTES } from './item-size.ts';
import type { AttributeValue, Input, Item, Table } from './table-types.ts';
import { applyActions, type UpdateAction } from './update-expression.ts';

/** One entry of the legacy parameter `AttributeUpdates`. */
interface AttributeUpdate {
  readonly Action?: string;
  readonly Value?: AttributeValue;
}

/**
 * The item that a validated UpdateItem leaves behind.
 * @throws AwsError ValidationException
 */
export function updatedItem(data: Input, existing: Item | undefined, table: Table): Item {
  checkUpdates(data, table);
  const before = existing ?? (data.Key as Item);
  const after = applyActions(before, actionsOf(data, before));
  if (itemBytes(after) > MAX_ITEM_BYTES) {
    throw new AwsError(
      'ValidationException',
      'Item size to update has exceeded the maximum allowed size',
    );
  }
  return after;
}

/** The attributes that `ReturnValues` selects. Undefined when there are none. */
export function returnedAttributes(
  data: Input,
  existing: Item | undefined,
  after: Item | undefined,
): Item | undefined {
  const select = data.ReturnValues;
  if (select === 'ALL_OLD') return existing;
  if (select === 'ALL_NEW') return after;
  const source = select === 'UPDATED_OLD' ? existing : select === 'UPDATED_NEW' ? after : undefined;
  if (!source) return undefined;
  const updates = data._updates as { sections: UpdateAction[] } | undefined;
  const paths = updates
    ? updates.sections.map(({ path }) => path)
    : Object.keys((data.AttributeUpdates ?? {}) as object);
  const attributes = projected(source, paths);
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}

function actionsOf(data: Input, before: Item): readonly UpdateAction[] {
  const updates = data._updates as { sections: UpdateAction[] } | undefined;
  if (updates) return updates.sections;
  const legacy = Object.entries((data.AttributeUpdates ?? {}) as Record<string, AttributeUpdate>);
  return legacy.map(([name, update]) => actionOf(name, update, before[name]));
}

function actionOf(
  name: string,
  { Action = 'PUT', Value }: AttributeUpdate,
  current: AttributeValue | undefined,
): UpdateAction {
  const path = [name];
  if (Value === undefined) return { type: 'remove', path };
  if (Action === 'PUT') return { type: 'set', path, val: Value };
  if (current !== undefined && typeOf(current) !== typeOf(Value)) {
    throw new AwsError('ValidationException', 'Type mismatch for attribute to update');
  }
  if (Action === 'DELETE') return { type: 'delete', path, val: Value };
  if (isSet(Value) || current === undefined || 'N' in Value)
    return { type: 'add', path, val: Value };
  return { type: 'set', path, val: { L: [...(current.L as []), ...(Value.L as [])] } };
}
