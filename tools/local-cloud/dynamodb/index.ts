import { type JsonOperation, jsonService } from '../endpoint/index.ts';
import type { Kernel, ResourceProvider, Services, WireService } from '../kernel.ts';
import { DYNAMODB_MEMBERS, STREAMS_MEMBERS } from './members.ts';
import { MemoryStore } from './memory-store.ts';
import { metered } from './metering.ts';
import { getBatch, getItem, read } from './reads.ts';
import { SavedItems } from './saved-items.ts';
import { streamOperations } from './stream-reads.ts';
import { Streams } from './streams.ts';
import { withTableArns } from './table-arns.ts';
import { tableProvider } from './table-provider.ts';
import type { Input, Table } from './table-types.ts';
import { Tables } from './tables.ts';
import { throttled } from './throttling.ts';
import { removeExpired } from './time-to-live.ts';
import { transactGet } from './transact-get.ts';
import { WriteTransactions } from './transactions.ts';
import { writeBatch, writeItem } from './writes.ts';

export { streamOfIterator } from './stream-reads.ts';

/** The longest time that an expired item remains. On AWS, it can take days. */
const TIME_TO_LIVE_SWEEP_MS = 5_000;

export type Dynamo = Services['dynamodb'] & {
  readonly wire: WireService;
  readonly providers: readonly ResourceProvider[];
  /** CreateTable in process, with the same input and errors. */
  createTable(input: Input): Table;
  /**
   * Removes items whose time to live ended before `nowMs`. Also runs automatically every 5 s.
   * @returns the number of removed items
   */
  removeExpired(nowMs?: number): number;
  stop(): void;
};

/**
 * DynamoDB: dynalite's parsers and actions on a synchronous store, plus transactions, streams and
 * TTL.
 */
export function createDynamo(kernel: Kernel): Dynamo {
  const saved = new SavedItems(kernel.saved);
  const store = new MemoryStore(saved);
  const tables = new Tables(store, kernel, saved);
  const streams = new Streams(store, kernel);
  const transactions = new WriteTransactions(store, streams);
  const dataOperations = {
    GetItem: (input) => getItem(store, input),
    BatchGetItem: (input) => getBatch(store, input),
    Query: (input) => read(store, 'query', input),
    Scan: (input) => read(store, 'scan', input),
    PutItem: (input) => writeItem(store, streams, 'putItem', input),
    UpdateItem: (input) => writeItem(store, streams, 'updateItem', input),
    DeleteItem: (input) => writeItem(store, streams, 'deleteItem', input),
    BatchWriteItem: (input) => writeBatch(store, streams, input),
    TransactGetItems: (input) => transactGet(store, input),
    TransactWriteItems: (input) => transactions.write(input),
  } satisfies Record<string, JsonOperation>;
  const isReplay = (input: Input) => transactions.isReplay(input);
  const metering = { store, counts: kernel.operations, isReplay };
  const data = throttled(metered(dataOperations, metering), kernel);
  const sweep = (nowMs = Date.now()) => removeExpired(store, tables, streams, nowMs);
  const timer = setInterval(sweep, TIME_TO_LIVE_SWEEP_MS);
  // The timer alone must not keep the process alive.
  timer.unref();
  return {
    wire: jsonService(
      'dynamodb',
      '1.0',
      withTableArns(
        { ...data, ...tableOperations(tables), ...streamOperations(tables, streams) },
        kernel,
      ),
      { ...DYNAMODB_MEMBERS, ...STREAMS_MEMBERS },
    ),
    providers: [tableProvider(tables)],
    subscribe: (...subscription) => streams.subscribe(...subscription),
    createTable: (input) => tables.create(input),
    removeExpired: sweep,
    stop: () => clearInterval(timer),
  };
}

function tableOperations(tables: Tables) {
  return {
    CreateTable: (input) => ({ TableDescription: tables.create(input) }),
    DescribeTable: (input) => ({ Table: tables.describe(input.TableName) }),
    DeleteTable: (input) => ({ TableDescription: tables.remove(input.TableName) }),
    ListTables: (input) => tables.list(input),
    UpdateTimeToLive: (input) => tables.updateTimeToLive(input),
    DescribeTimeToLive: (input) => tables.describeTimeToLive(input),
  } satisfies Record<string, JsonOperation>;
}
