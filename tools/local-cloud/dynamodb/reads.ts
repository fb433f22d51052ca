import { meets } from './conditions.ts';
import { Capacity, readUnits, wantsCapacity } from './consumed-capacity.ts';
import { projected, runRead, runSync, validated } from './dynalite.ts';
import { type Index, indexEntry } from './indexes.ts';
import { itemBytes } from './item-size.ts';
import type { MemoryStore } from './memory-store.ts';
import { checkRead, wantedAttributes } from './read-checks.ts';
import type { Input, Item } from './table-types.ts';
import { currentItem } from './targets.ts';

/** GetItem. @throws AwsError ResourceNotFoundException, ValidationException */
export function getItem(store: MemoryStore, input: Input): Record<string, unknown> {
  const { ReturnConsumedCapacity: detail, ...data } = validated('getItem', input, store);
  const output = runSync('getItem', data, store);
  if (!wantsCapacity(detail)) return output;
  const tableName = data.TableName as string;
  const capacity = new Capacity();
  capacity.table = keyReadUnits(store, tableName, data.Key as Item, data.ConsistentRead === true);
  return { ...output, ConsumedCapacity: capacity.describe(tableName, detail) };
}

/** BatchGetItem. @throws AwsError ResourceNotFoundException, ValidationException */
export function getBatch(store: MemoryStore, input: Input): Record<string, unknown> {
  const { ReturnConsumedCapacity: detail, ...data } = validated('batchGetItem', input, store);
  const output = runSync('batchGetItem', data, store);
  if (!wantsCapacity(detail)) return output;
  const requests = Object.entries(data.RequestItems as Record<string, Input>);
  return {
    ...output,
    ConsumedCapacity: requests.map(([tableName, { Keys, ConsistentRead }]) => {
      const capacity = new Capacity();
      for (const key of Keys as Item[]) {
        capacity.table += keyReadUnits(store, tableName, key, ConsistentRead === true);
      }
      return capacity.describe(tableName, detail);
    }),
  };
}

/**
 * Query or Scan, on the table or an index. dynalite finds the items of a page. Filters and
 * projections are applied here, because dynalite's filters are wrong for lists, maps and empty
 * values.
 * @throws AwsError ResourceNotFoundException, ValidationException
 */
export async function read(
  store: MemoryStore,
  operation: 'query' | 'scan',
  input: Input,
): Promise<Record<string, unknown>> {
  const data = validated(operation, input, store);
  const tableName = data.TableName as string;
  const table = store.table(tableName);
  const index = table && checkRead(operation, data, table);
  const page = await runRead(operation, wholePage(data, index), store);
  const scanned = page.Items as Item[];
  const kind = operation === 'query' ? 'queryFilter' : 'scanFilter';
  const found = scanned.filter((item) => meets(kind, data, item));
  const paths = projectionOf(data);
  const { Items: _, Count: __, ...rest } = page;
  const output = {
    ...rest,
    Count: found.length,
    ...(data.Select === 'COUNT'
      ? {}
      : { Items: paths ? found.map((item) => projected(item, paths)) : found }),
  };
  const detail = data.ReturnConsumedCapacity;
  if (!wantsCapacity(detail)) return output;
  const capacity = pageCapacity(scanned, data, index);
  return { ...output, ConsumedCapacity: capacity.describe(tableName, detail) };
}

/** The input without its filter, projection and count, but with everything that dynalite checks. */
function wholePage(data: Input, index: Index | undefined): Input {
  const { ReturnConsumedCapacity: _, AttributesToGet: __, ...input } = data;
  for (const name of ['QueryFilter', 'ScanFilter']) {
    const filter = input[name] as object | undefined;
    // dynalite rejects key attributes in it by name. Its unknown operators let every item pass.
    if (filter) input[name] = always(filter);
  }
  if (data._filter) {
    input._filter = { ...(data._filter as object), expression: { type: 'always', args: [] } };
  }
  if (data._projection) input._projection = { ...(data._projection as object), paths: undefined };
  if (readsTable(data, index)) input.Select = 'ALL_ATTRIBUTES';
  else if (data.Select !== 'ALL_ATTRIBUTES') delete input.Select;
  return input;
}

function always(filter: object): object {
  return Object.fromEntries(
    Object.keys(filter).map((name) => [name, { ComparisonOperator: 'always' }]),
  );
}

/** Whether a read of a local index needs attributes that only the table has. */
function readsTable(data: Input, index: Index | undefined): boolean {
  const { attributes } = index ?? {};
  if (index?.kind !== 'LocalSecondaryIndexes' || !attributes) return false;
  if (data.Select === 'ALL_ATTRIBUTES') return true;
  return wantedAttributes(data).some((name) => !attributes.has(name));
}

function projectionOf(data: Input): (string | (string | number)[])[] | undefined {
  const projection = data._projection as { paths: (string | number)[][] } | undefined;
  return projection?.paths ?? (data.AttributesToGet as string[] | undefined);
}

/** A page is billed by the size of all items that were read, before the filter. */
function pageCapacity(scanned: readonly Item[], data: Input, index: Index | undefined): Capacity {
  const consistent = data.ConsistentRead === true;
  const capacity = new Capacity();
  const bytes = (items: readonly Item[]) => items.reduce((sum, item) => sum + itemBytes(item), 0);
  if (!index) {
    capacity.table = readUnits(bytes(scanned), consistent);
    return capacity;
  }
  const entries = scanned.map((item) => indexEntry(index, item) ?? item);
  capacity.addIndex(index.kind, index.name, readUnits(bytes(entries), consistent));
  if (readsTable(data, index)) {
    for (const item of scanned) capacity.table += readUnits(itemBytes(item), consistent);
  }
  return capacity;
}

function keyReadUnits(
  store: MemoryStore,
  tableName: string,
  key: Item,
  consistent: boolean,
): number {
  return readUnits(itemBytes(currentItem(store, { tableName, key })), consistent);
}
