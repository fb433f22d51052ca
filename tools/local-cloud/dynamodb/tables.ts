import { randomUUID } from 'node:crypto';
import { rejectUndeclared } from '../endpoint/index.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import { validated } from './dynalite.ts';
import { itemBytes } from './item-size.ts';
import { limitOf } from './limit.ts';
import { DYNAMODB_MEMBERS } from './members.ts';
import type { MemoryStore } from './memory-store.ts';
import type { SavedItems } from './saved-items.ts';
import type { Input, Table } from './table-types.ts';

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
/** "ListTables" in the Amazon DynamoDB API Reference. */
const MAX_LISTED = 100;
const VIEW_TYPES = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'];

/** Creates, describes and removes tables. A table is active immediately. */
export class Tables {
  readonly #store: MemoryStore;
  readonly #kernel: Kernel;
  readonly #saved: SavedItems;
  /** TTL attribute by table name. */
  readonly #timeToLive = new Map<string, string>();

  constructor(store: MemoryStore, kernel: Kernel, saved: SavedItems) {
    this.#store = store;
    this.#kernel = kernel;
    this.#saved = saved;
  }

  /**
   * CreateTable.
   * @throws AwsError ValidationException, ResourceInUseException
   */
  create(input: Input): Table {
    // Templates create tables too, without the endpoint's check.
    rejectUndeclared(input, DYNAMODB_MEMBERS.CreateTable, 'CreateTable');
    const { StreamSpecification, ...rest } = input;
    const stream = checkedStream(StreamSpecification);
    const data = validated('createTable', rest, this.#store);
    const name = data.TableName as string;
    if (this.#store.table(name)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
    }
    const arn = this.#kernel.arn('dynamodb', `table/${name}`);
    const createdAt = this.#saved.createdAt(name);
    const { BillingMode, ...described } = data;
    const table: Table = {
      ...(described as unknown as Table),
      TableArn: arn,
      TableId: randomUUID(),
      TableStatus: 'ACTIVE',
      CreationDateTime: createdAt / 1000,
      ...(BillingMode === 'PAY_PER_REQUEST' ? { BillingModeSummary: { BillingMode } } : {}),
      ProvisionedThroughput: described.ProvisionedThroughput ?? NO_THROUGHPUT,
      ...describedIndexes(described, arn),
      ...(stream ? describedStream(stream, arn, createdAt) : {}),
    };
    this.#store.addTable(table);
    const skipped = this.#saved.restore(this.#store, name);
    if (skipped > 0) this.#log(`${name}: skipped ${skipped} saved items that do not fit its keys`);
    return this.#described(table);
  }

  /** @throws AwsError ResourceNotFoundException */
  describe(name: unknown): Table {
    return this.#described(this.get(name));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: unknown): Table {
    const table = typeof name === 'string' ? this.#store.table(name) : undefined;
    if (!table) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Table: ${name} not found`,
      );
    }
    return table;
  }

  /** @throws AwsError ResourceNotFoundException */
  remove(name: unknown): Table {
    const table = { ...this.describe(name), TableStatus: 'DELETING' };
    this.#store.removeTable(table.TableName);
    this.#saved.remove(table.TableName);
    this.#timeToLive.delete(table.TableName);
    return table;
  }

  all(): Table[] {
    return this.#store.tables();
  }

  /** ListTables. @throws AwsError ValidationException */
  list(input: Input): Record<string, unknown> {
    const limit = limitOf(input.Limit, MAX_LISTED);
    const after = String(input.ExclusiveStartTableName ?? '');
    const names = this.#store
      .tables()
      .map((table) => table.TableName)
      .filter((name) => name > after)
      .sort();
    const page = names.slice(0, limit);
    const last = names.length > limit ? { LastEvaluatedTableName: page.at(-1) } : {};
    return { TableNames: page, ...last };
  }

  /** Tables with a time to live, with the attribute that holds the expiry time. */
  expiring(): { table: Table; attribute: string }[] {
    return [...this.#timeToLive].map(([name, attribute]) => ({
      table: this.get(name),
      attribute,
    }));
  }

  /**
   * UpdateTimeToLive.
   * @throws AwsError ResourceNotFoundException, or ValidationException when it changes nothing
   */
  updateTimeToLive(input: Input): Record<string, unknown> {
    // Templates set it too, without the endpoint's check.
    rejectUndeclared(input, DYNAMODB_MEMBERS.UpdateTimeToLive, 'UpdateTimeToLive');
    const { TableName: name } = this.get(input.TableName);
    const specification = (input.TimeToLiveSpecification ?? {}) as Record<string, unknown>;
    const { AttributeName: attribute, Enabled: enabled } = specification;
    if (typeof attribute !== 'string' || attribute === '' || typeof enabled !== 'boolean') {
      throw new AwsError('ValidationException', 'TimeToLiveSpecification is incomplete');
    }
    if (this.#timeToLive.has(name) === enabled) {
      const state = enabled ? 'enabled' : 'disabled';
      throw new AwsError('ValidationException', `TimeToLive is already ${state}`);
    }
    if (enabled) this.#timeToLive.set(name, attribute);
    else this.#timeToLive.delete(name);
    return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
  }

  describeTimeToLive(input: Input): Record<string, unknown> {
    const attribute = this.#timeToLive.get(this.get(input.TableName).TableName);
    return {
      TimeToLiveDescription: attribute
        ? { TimeToLiveStatus: 'ENABLED', AttributeName: attribute }
        : { TimeToLiveStatus: 'DISABLED' },
    };
  }

  #log(text: string): void {
    this.#kernel.log({ at: Date.now(), stack: 'local-cloud', source: 'dynamodb', text });
  }

  #described(table: Table): Table {
    const items = this.#store.items(table.TableName).range({});
    const TableSizeBytes = items.reduce((bytes, item) => bytes + itemBytes(item), 0);
    return { ...table, ItemCount: items.length, TableSizeBytes };
  }
}

const NO_THROUGHPUT = { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 };

function describedIndexes(data: Input, tableArn: string): Record<string, unknown> {
  const described: Record<string, unknown> = {};
  for (const kind of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']) {
    const indexes = data[kind] as Record<string, unknown>[] | undefined;
    if (!indexes) continue;
    described[kind] = indexes.map((index) => ({
      ...index,
      IndexArn: `${tableArn}/index/${index.IndexName}`,
      ...(kind === 'GlobalSecondaryIndexes' ? { IndexStatus: 'ACTIVE' } : {}),
    }));
  }
  return described;
}

function describedStream(
  viewType: StreamViewType,
  tableArn: string,
  createdAt: number,
): Record<string, unknown> {
  const label = new Date(createdAt).toISOString().replace('Z', '');
  return {
    StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
    LatestStreamLabel: label,
    LatestStreamArn: `${tableArn}/stream/${label}`,
  };
}

function checkedStream(specification: unknown): StreamViewType | undefined {
  if (specification === undefined || specification === null) return undefined;
  const stream = specification as Record<string, unknown>;
  if (stream.StreamEnabled === false) return undefined;
  if (!VIEW_TYPES.includes(String(stream.StreamViewType))) {
    throw new AwsError(
      'ValidationException',
      `StreamViewType must be one of ${VIEW_TYPES.join(', ')}`,
    );
  }
  return stream.StreamViewType as StreamViewType;
}
