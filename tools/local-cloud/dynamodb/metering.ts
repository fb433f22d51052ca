import type { JsonOperation } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import type { OperationCounts } from '../operations/index.ts';
import { itemBytes } from './dynalite.ts';
import type { Change, MemoryStore } from './memory-store.ts';
import type { Input, Item, Table } from './table-types.ts';
import { transactItems } from './transactions.ts';

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const READ_UNIT_BYTES = 4 * 1024;
const WRITE_UNIT_BYTES = 1024;

interface Capacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
}

/**
 * Wraps operations so that they count the capacity units they consume.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function metered(
  operations: Readonly<Record<string, JsonOperation>>,
  store: MemoryStore,
  counts: OperationCounts,
): Record<string, JsonOperation> {
  return Object.fromEntries(
    Object.entries(operations).map(([operation, run]): [string, JsonOperation] => {
      const add = (table: string, amounts: Record<string, number>) =>
        counts.add({ service: 'dynamodb', operation, resource: table }, amounts);
      if (READS.includes(operation)) return [operation, (input) => meteredRead(run, input, add)];
      if (operation === 'TransactGetItems') {
        return [operation, (input) => meteredTransactGet(run, input, add)];
      }
      return [operation, (input) => meteredWrite(run, input, { store, add })];
    }),
  );
}

type Add = (table: string, amounts: Record<string, number>) => void;

/** dynalite reports the consumed capacity of a read if the input requests it. */
async function meteredRead(run: JsonOperation, input: Input, add: Add) {
  const asked = input.ReturnConsumedCapacity;
  const output = await run({ ...input, ReturnConsumedCapacity: asked ?? 'TOTAL' });
  const capacities = [output.ConsumedCapacity ?? []].flat() as Capacity[];
  for (const { TableName, CapacityUnits } of capacities) {
    add(TableName, { readUnits: CapacityUnits });
  }
  if (asked === undefined) delete output.ConsumedCapacity;
  return output;
}

async function meteredTransactGet(run: JsonOperation, input: Input, add: Add) {
  const output = await run(input);
  const items = output.Responses as { Item?: Item }[];
  for (const [index, { Get }] of (transactItems(input) as { Get: Input }[]).entries()) {
    const item = items[index]?.Item;
    const units = item ? Math.ceil(itemBytes(item) / READ_UNIT_BYTES) : 1;
    add(String(Get.TableName), { readUnits: 2 * units });
  }
  return output;
}

/** A write completes before its operation returns, so all changes in between belong to it. */
function meteredWrite(
  run: JsonOperation,
  input: Input,
  { store, add }: { store: MemoryStore; add: Add },
) {
  const named = tablesOf(input);
  const transaction = input.TransactItems !== undefined;
  const unit = transaction ? 'transactItems' : 'writeUnits';
  const changes: Change[] = [];
  const unwatch = store.watch((more) => changes.push(...more));
  try {
    const output = run(input);
    const units = new Map<string, Record<string, number>>();
    const note = (table: string, name: string, count: number) => {
      const amounts = units.get(table) ?? {};
      units.set(table, { ...amounts, [name]: (amounts[name] ?? 0) + count });
    };
    for (const { tableName, before, after } of changes) {
      note(tableName, unit, writeUnits(before, after));
      const indexes = store.table(tableName)?.GlobalSecondaryIndexes ?? [];
      const inIndexes = indexes.reduce(
        (sum, index) => sum + indexWriteUnits(index, before, after),
        0,
      );
      if (inIndexes > 0) note(tableName, 'writeUnits', inIndexes);
    }
    // An item without a change also costs one unit: a condition check or the delete of a missing
    // item.
    for (const table of new Set(named)) {
      const changed = changes.filter(({ tableName }) => tableName === table).length;
      const unchanged = named.filter((name) => name === table).length - changed;
      if (unchanged > 0) note(table, unit, unchanged);
    }
    for (const [table, amounts] of units) add(table, amounts);
    return output;
  } catch (error) {
    // A failed condition check consumes write capacity too.
    const checked =
      error instanceof AwsError &&
      ['ConditionalCheckFailedException', 'TransactionCanceledException'].includes(error.code);
    if (checked) for (const table of named) add(table, { [unit]: 1 });
    throw error;
  } finally {
    unwatch();
  }
}

/** The table of each item that a write addresses. */
function tablesOf(input: Input): string[] {
  if (input.TransactItems !== undefined) {
    return transactItems(input).map((item) =>
      String((Object.values(item)[0] as Input | undefined)?.TableName),
    );
  }
  if (input.RequestItems !== undefined) {
    return Object.entries(input.RequestItems as Record<string, unknown[]>).flatMap(
      ([table, requests]) => requests.map(() => table),
    );
  }
  return [String(input.TableName)];
}

/** Write units of 1 KB, by the larger of the old and the new item. */
function writeUnits(before: Item | undefined, after: Item | undefined): number {
  const bytes = Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0);
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
}

/** Write units that a change costs in an index. A change of the index key is a delete and a put. */
function indexWriteUnits(
  index: NonNullable<Table['GlobalSecondaryIndexes']>[number],
  before: Item | undefined,
  after: Item | undefined,
): number {
  const keyOf = (item: Item | undefined) => {
    const values = index.KeySchema.map(({ AttributeName }) => item?.[AttributeName]);
    return item && values.every((value) => value !== undefined)
      ? JSON.stringify(values)
      : undefined;
  };
  const [was, is] = [keyOf(before), keyOf(after)];
  if (was === undefined && is === undefined) return 0;
  if (was !== undefined && is !== undefined && was !== is) {
    return writeUnits(before, undefined) + writeUnits(undefined, after);
  }
  if (was === is && JSON.stringify(before) === JSON.stringify(after)) return 0;
  return writeUnits(was === undefined ? undefined : before, is === undefined ? undefined : after);
}
