import { type JsonOperation, jsonService, rejectUnknown } from '../endpoint/index.ts';
import type { Kernel, ResourceProvider, Services, WireService } from '../kernel.ts';
import { MemoryStore } from './memory-store.ts';
import { metered } from './metering.ts';
import { getBatch, getItem, read, transactGet } from './reads.ts';
import { SavedItems } from './saved-items.ts';
import { Streams } from './streams.ts';
import { tableProvider } from './table-provider.ts';
import type { Input, Table } from './table-types.ts';
import { Tables } from './tables.ts';
import { throttled } from './throttling.ts';
import { removeExpired } from './time-to-live.ts';
import { WriteTransactions } from './transactions.ts';
import { writeBatch, writeItem } from './writes.ts';

/** AWS takes up to days; here an expired item lingers for at most this long. */
const TIME_TO_LIVE_SWEEP_MS = 5_000;

export type Dynamo = Services['dynamodb'] & {
  readonly wire: WireService;
  readonly providers: readonly ResourceProvider[];
  /** CreateTable, in process: same input, same errors. */
  createTable(input: Input): Table;
  /**
   * Removes items whose time to live is before `nowMs`; returns how many. Happens by itself every
   * few seconds.
   */
  removeExpired(nowMs?: number): number;
  stop(): void;
};

/**
 * DynamoDB: dynalite's parsers and actions over a synchronous store, with transactions, streams and
 * TTL added.
 */
export function createDynamo(kernel: Kernel): Dynamo {
  const saved = new SavedItems(kernel.saved);
  const store = new MemoryStore(saved);
  const tables = new Tables(store, kernel, saved);
  const streams = new Streams(store, kernel);
  const transactions = new WriteTransactions(store, streams, tables);
  const dataOperations: Record<string, JsonOperation> = {
    GetItem: (input) => getItem(store, input),
    BatchGetItem: (input) => getBatch(store, input),
    Query: (input) => read(store, 'query', input),
    Scan: (input) => read(store, 'scan', input),
    PutItem: (input) => writeItem(store, streams, 'putItem', input),
    UpdateItem: (input) => writeItem(store, streams, 'updateItem', input),
    DeleteItem: (input) => writeItem(store, streams, 'deleteItem', input),
    BatchWriteItem: (input) => writeBatch(store, streams, input),
    TransactGetItems: (input) => transactGet(store, tables, input),
    TransactWriteItems: (input) => transactions.write(input),
  };
  const sweep = (nowMs = Date.now()) => removeExpired(store, tables, streams, nowMs);
  const timer = setInterval(sweep, TIME_TO_LIVE_SWEEP_MS);
  // The sweeper alone is no reason for the process to live.
  timer.unref();
  return {
    wire: jsonService('dynamodb', '1.0', {
      ...throttled(metered(dataOperations, store, kernel.operations), kernel),
      CreateTable: (input) => ({ TableDescription: tables.create(input) }),
      DescribeTable: (input) => {
        rejectUnknown(input, ['TableName'], 'DescribeTable');
        return { Table: tables.describe(input.TableName) };
      },
      DeleteTable: (input) => {
        rejectUnknown(input, ['TableName'], 'DeleteTable');
        return { TableDescription: tables.remove(input.TableName) };
      },
      ListTables: (input) => tables.list(input),
      UpdateTimeToLive: (input) => tables.updateTimeToLive(input),
      DescribeTimeToLive: (input) => tables.describeTimeToLive(input),
    }),
    providers: [tableProvider(tables)],
    subscribe: (streamArn, listener) => streams.subscribe(streamArn, listener),
    createTable: (input) => tables.create(input),
    removeExpired: sweep,
    stop: () => clearInterval(timer),
  };
}
