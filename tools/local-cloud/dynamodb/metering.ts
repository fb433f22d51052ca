import { type JsonOperation, wrapped } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import type { OperationCounts } from '../operations/index.ts';
import {
  addWrite,
  Capacity,
  TRANSACTION_FACTOR,
  transactReadUnits,
  wantsCapacity,
} from './consumed-capacity.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Input, Item, Table } from './table-types.ts';
import { currentItem, type Target, targetsOf } from './targets.ts';

type Amounts = Readonly<Record<string, number>>;

/** What the metering of writes needs to know. */
export interface Metered {
  readonly store: MemoryStore;
  readonly counts: OperationCounts;
  /** Whether a transaction repeats a committed one, so that it reads instead of writing. */
  readonly isReplay: (input: Input) => boolean;
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'];

/**
 * Wraps operations so that they count the capacity units they consume, and writes so that they
 * report them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function metered<Name extends string>(
  operations: Readonly<Record<Name, JsonOperation>>,
  metering: Metered,
): Record<Name, JsonOperation> {
  return wrapped(operations, (run, operation) => {
    const add = (table: string, amounts: Amounts) =>
      metering.counts.add({ service: 'dynamodb', operation, resource: table }, amounts);
    return READS.includes(operation)
      ? (input) => meteredRead(run, input, add)
      : (input) => meteredWrite(run, input, metering, add);
  });
}

type Add = (table: string, amounts: Amounts) => void;

/** Reads report the consumed capacity if the input requests it, so metering always does. */
async function meteredRead(run: JsonOperation, input: Input, add: Add) {
  const asked = input.ReturnConsumedCapacity;
  const wanted = wantsCapacity(asked);
  // An invalid value reaches the operation, which rejects it.
  const detail = wanted || (asked !== undefined && asked !== 'NONE') ? asked : 'TOTAL';
  const output = await run({ ...input, ReturnConsumedCapacity: detail });
  const capacities = [output.ConsumedCapacity ?? []].flat() as {
    TableName: string;
    CapacityUnits: number;
  }[];
  for (const { TableName, CapacityUnits } of capacities) {
    add(TableName, { readUnits: CapacityUnits });
  }
  if (!wanted) delete output.ConsumedCapacity;
  return output;
}

/** Writes are synchronous, so nothing else changes between the images before and after one. */
function meteredWrite(
  run: JsonOperation,
  input: Input,
  { store, isReplay }: Metered,
  add: Add,
): Record<string, unknown> {
  const targets = targetsOf(input);
  const transactional = input.TransactItems !== undefined;
  const unit = transactional ? 'transactItems' : 'writeUnits';
  const replay = transactional && isReplay(input);
  const before = targets.map((target) => currentItem(store, target));
  let output: Record<string, unknown>;
  try {
    output = run(input) as Record<string, unknown>;
  } catch (error) {
    // A failed condition check consumes write capacity too.
    const checked =
      error instanceof AwsError &&
      ['ConditionalCheckFailedException', 'TransactionCanceledException'].includes(error.code);
    if (checked) for (const { tableName } of targets) add(tableName, { [unit]: 1 });
    throw error;
  }
  const capacities = new Map<string, Capacity>();
  for (const [index, target] of targets.entries()) {
    const table = store.table(target.tableName) as Table;
    const capacity = capacities.get(target.tableName) ?? new Capacity();
    capacities.set(target.tableName, capacity);
    const after = currentItem(store, target);
    if (replay) capacity.table += transactReadUnits(after);
    else addWrite(capacity, table, { before: before[index], after, transactional });
  }
  for (const [table, capacity] of capacities) add(table, amountsOf(capacity, unit, replay));
  return { ...output, ...reported(input, targets, capacities, { store, replay }) };
}

/** The billed amounts. Transactional writes are counted in items of 1 KB, at twice the price. */
function amountsOf(capacity: Capacity, unit: string, replay: boolean): Amounts {
  if (replay) return { readUnits: capacity.table };
  if (unit === 'writeUnits') return { writeUnits: capacity.table + capacity.indexes };
  const ofIndexes = capacity.indexes > 0 ? { writeUnits: capacity.indexes } : {};
  return { [unit]: capacity.table / TRANSACTION_FACTOR, ...ofIndexes };
}

/** `ConsumedCapacity` and `ItemCollectionMetrics`, if the input requests them. */
function reported(
  input: Input,
  targets: readonly Target[],
  capacities: ReadonlyMap<string, Capacity>,
  { store, replay }: { store: MemoryStore; replay: boolean },
): Record<string, unknown> {
  const detail = input.ReturnConsumedCapacity;
  const single = input.TableName !== undefined;
  const member =
    input.TransactItems === undefined
      ? undefined
      : replay
        ? 'ReadCapacityUnits'
        : 'WriteCapacityUnits';
  const described = [...capacities].map(([table, one]) => one.describe(table, detail, member));
  const metrics =
    input.ReturnItemCollectionMetrics === 'SIZE' ? collections(store, targets) : new Map();
  return {
    ...(wantsCapacity(detail) ? { ConsumedCapacity: single ? described[0] : described } : {}),
    ...(metrics.size > 0
      ? {
          ItemCollectionMetrics: single
            ? [...metrics.values()].flat()[0]
            : Object.fromEntries(metrics),
        }
      : {}),
  };
}

/** The item collections that a write touched, by table. Only local indexes have collections. */
function collections(
  store: MemoryStore,
  targets: readonly Target[],
): Map<string, { ItemCollectionKey: Item; SizeEstimateRangeGB: number[] }[]> {
  const byTable = new Map<string, Map<string, Item>>();
  for (const { tableName, key } of targets) {
    const table = store.table(tableName);
    const [hash] = table?.KeySchema ?? [];
    if (!table?.LocalSecondaryIndexes?.length || !hash) continue;
    const collection = { [hash.AttributeName]: key[hash.AttributeName] ?? {} };
    const known = byTable.get(tableName) ?? new Map<string, Item>();
    byTable.set(tableName, known.set(JSON.stringify(collection), collection));
  }
  return new Map(
    [...byTable].map(([table, keys]) => [
      table,
      // Local data is always smaller than the first step of the estimate.
      [...keys.values()].map((ItemCollectionKey) => ({
        ItemCollectionKey,
        SizeEstimateRangeGB: [0, 1],
      })),
    ]),
  );
}
