import { createHash } from 'node:crypto';
import { DetailedAwsError, rejectUnknown } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import { itemKey, validated } from './dynalite.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Streams } from './streams.ts';
import type { Input, Item, Table } from './table-types.ts';
import type { Tables } from './tables.ts';
import {
  applyWrite,
  checkWrite,
  existingItem,
  returnsItemOnFailure,
  type SingleWrite,
} from './writes.ts';

// Limits:
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

const EXPRESSION = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const CONDITION = ['TableName', 'ConditionExpression', 'ReturnValuesOnConditionCheckFailure'];
const KINDS: Record<string, { operation: SingleWrite; members: string[]; required: string[] }> = {
  Put: {
    operation: 'putItem',
    members: ['Item', ...CONDITION, ...EXPRESSION],
    required: ['Item'],
  },
  Update: {
    operation: 'updateItem',
    members: ['Key', 'UpdateExpression', ...CONDITION, ...EXPRESSION],
    required: ['Key', 'UpdateExpression'],
  },
  Delete: {
    operation: 'deleteItem',
    members: ['Key', ...CONDITION, ...EXPRESSION],
    required: ['Key'],
  },
  // dynalite has no validation for it. The one for deletes has the same members.
  ConditionCheck: {
    operation: 'deleteItem',
    members: ['Key', ...CONDITION, ...EXPRESSION],
    required: ['Key', 'ConditionExpression'],
  },
};

interface Step {
  readonly kind: string;
  readonly operation: SingleWrite;
  readonly data: Input;
  readonly returnsItem: boolean;
}
interface Reason {
  Code: string;
  Message?: string;
  Item?: Item;
}

/** TransactWriteItems: atomic, and idempotent per client request token. */
export class WriteTransactions {
  readonly #store: MemoryStore;
  readonly #streams: Streams;
  readonly #tables: Tables;
  /** Committed requests by token, oldest first. */
  readonly #tokens = new Map<string, { digest: string; at: number }>();

  constructor(store: MemoryStore, streams: Streams, tables: Tables) {
    this.#store = store;
    this.#streams = streams;
    this.#tables = tables;
  }

  /**
   * Runs a transaction.
   * @throws AwsError TransactionCanceledException, IdempotentParameterMismatchException,
   * ResourceNotFoundException, ValidationException
   */
  write(input: Input): Record<string, unknown> {
    rejectUnknown(input, ['TransactItems', 'ClientRequestToken'], 'TransactWriteItems');
    const steps = transactItems(input).map((item) => this.#step(item));
    this.#rejectDuplicateItems(steps);
    const digest = digestOf(input.TransactItems);
    const token = input.ClientRequestToken;
    if (typeof token === 'string' && this.#isRepeated(token, digest)) return {};
    cancelOn(steps.map((step) => this.#reason(step, () => checkWrite(this.#store, step.data))));
    const { changes } = this.#store.atomically(() => this.#apply(steps));
    if (typeof token === 'string') this.#tokens.set(token, { digest, at: Date.now() });
    this.#streams.emit(changes);
    return {};
  }

  #step(item: Record<string, unknown>): Step {
    const kinds = Object.keys(item).filter((name) => item[name] !== undefined);
    const kind = kinds[0] ?? '';
    const known = KINDS[kind];
    if (!known || kinds.length !== 1) {
      throw new AwsError(
        'ValidationException',
        `TransactItems can only contain one of Check, Put, Update or Delete; found ${kinds.join(', ')}`,
      );
    }
    const input = item[kind] as Input;
    rejectUnknown(input, known.members, `a transaction's ${kind}`);
    for (const name of known.required) {
      if (input[name] === undefined) {
        throw new AwsError('ValidationException', `A transaction's ${kind} needs ${name}`);
      }
    }
    this.#tables.get(input.TableName);
    return {
      kind,
      operation: known.operation,
      data: validated(known.operation, { ...input }, this.#store),
      returnsItem: returnsItemOnFailure(input),
    };
  }

  #rejectDuplicateItems(steps: readonly Step[]): void {
    rejectDuplicates(
      steps.map(({ data }) => identity(this.#tables.get(data.TableName), data.Key ?? data.Item)),
    );
  }

  #isRepeated(token: string, digest: string): boolean {
    for (const [known, { at }] of this.#tokens) {
      if (Date.now() - at < TOKEN_LIFETIME_MS) break;
      this.#tokens.delete(known);
    }
    const earlier = this.#tokens.get(token);
    if (earlier && earlier.digest !== digest) {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'The client request token was used before with other parameters',
      );
    }
    return earlier !== undefined;
  }

  #apply(steps: readonly Step[]): void {
    const writes = steps.map((step) => {
      if (step.kind === 'ConditionCheck') return { Code: 'None' };
      return this.#reason(step, () => applyWrite(this.#store, step.operation, step.data));
    });
    cancelOn(writes);
  }

  #reason(step: Step, attempt: () => unknown): Reason {
    try {
      attempt();
      return { Code: 'None' };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.code !== 'ConditionalCheckFailedException') {
        return { Code: 'ValidationError', Message: error.message };
      }
      const item = step.returnsItem ? existingItem(this.#store, step.data) : undefined;
      const reason = { Code: 'ConditionalCheckFailed', Message: error.message };
      return item ? { ...reason, Item: item } : reason;
    }
  }
}

/**
 * Identifies an item in a transaction, which must not contain it twice. Undefined for an invalid
 * key, which is rejected later.
 */
export function identity(table: Table, keyOrItem: unknown): string | undefined {
  const item = keyOrItem as Item;
  const key = table.KeySchema.map(({ AttributeName: name }) => {
    const type = table.AttributeDefinitions.find((one) => one.AttributeName === name);
    return item[name]?.[type?.AttributeType ?? ''];
  });
  return key.includes(undefined) ? undefined : `${table.TableName} ${itemKey(item, table)}`;
}

/** @throws AwsError ValidationException */
export function rejectDuplicates(identities: readonly (string | undefined)[]): void {
  const known = identities.filter((id) => id !== undefined);
  if (new Set(known).size === known.length) return;
  throw new AwsError(
    'ValidationException',
    'Transaction request cannot include multiple operations on one item',
  );
}

/**
 * The items of a transaction.
 * @throws AwsError ValidationException when there are too many or they are too large
 */
export function transactItems(input: Input): Record<string, unknown>[] {
  const items = input.TransactItems;
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_ITEMS) {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: " +
        `Member must have length less than or equal to ${MAX_ITEMS} and greater than or equal to 1`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(items)) > MAX_BYTES) {
    throw new AwsError('ValidationException', 'Transaction request exceeds 4 MB');
  }
  return items as Record<string, unknown>[];
}

/** The error of a cancelled transaction, with one reason per item. */
export function transactionCanceled(reasons: readonly Reason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new DetailedAwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}

function cancelOn(reasons: readonly Reason[]): void {
  if (reasons.some((reason) => reason.Code !== 'None')) throw transactionCanceled(reasons);
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
