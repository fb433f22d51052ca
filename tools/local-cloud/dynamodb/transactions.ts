import { createHash } from 'node:crypto';
import { AwsError } from '../kernel.ts';
import { isSet, typeOf } from './attribute-values.ts';
import { validated } from './dynalite.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Streams } from './streams.ts';
import type { AttributeValue, Input } from './table-types.ts';
import { tableOf } from './targets.ts';
import {
  cancelOn,
  checkReportMembers,
  identity,
  isEmptyKeyError,
  type Reason,
  rejectDuplicates,
  transactItems,
} from './transact-items.ts';
import {
  applyWrite,
  checkWrite,
  existingItem,
  returnsItemOnFailure,
  type SingleWrite,
} from './writes.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const MAX_TOKEN_LENGTH = 36;
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

const KINDS: Record<string, { operation: SingleWrite; required: string[] }> = {
  Put: { operation: 'putItem', required: ['Item'] },
  Update: { operation: 'updateItem', required: ['Key', 'UpdateExpression'] },
  Delete: { operation: 'deleteItem', required: ['Key'] },
  // dynalite has no validation for it. The one for deletes has the same members.
  ConditionCheck: { operation: 'deleteItem', required: ['Key', 'ConditionExpression'] },
};

interface Step {
  readonly kind: string;
  readonly operation: SingleWrite;
  readonly data: Input;
  readonly returnsItem: boolean;
}

/** TransactWriteItems: atomic, and idempotent per client request token. */
export class WriteTransactions {
  readonly #store: MemoryStore;
  readonly #streams: Streams;
  /** Committed requests by token, oldest first. */
  readonly #tokens = new Map<string, { digest: string; at: number }>();

  constructor(store: MemoryStore, streams: Streams) {
    this.#store = store;
    this.#streams = streams;
  }

  /**
   * Runs a transaction.
   * @throws AwsError TransactionCanceledException, IdempotentParameterMismatchException,
   * ResourceNotFoundException, ValidationException
   */
  write(input: Input): Record<string, unknown> {
    checkReportMembers(input);
    const steps = transactItems(input).map((item) => this.#step(item));
    this.#rejectDuplicateItems(steps);
    const token = tokenOf(input);
    const earlier = this.#earlier(input);
    if (earlier === 'different') {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'The client request token was used before with other parameters',
      );
    }
    if (earlier === 'same') return {};
    cancelOn(steps.map((step) => this.#reason(step, () => checkWrite(this.#store, step.data))));
    const { changes } = this.#store.atomically(() => this.#apply(steps));
    if (token !== undefined) {
      this.#tokens.set(token, { digest: digestOf(input.TransactItems), at: Date.now() });
    }
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
    for (const name of known.required) {
      if (input[name] === undefined) {
        throw new AwsError('ValidationException', `A transaction's ${kind} needs ${name}`);
      }
    }
    tableOf(this.#store, input.TableName);
    return {
      kind,
      operation: known.operation,
      data: validated(known.operation, { ...input }, this.#store),
      returnsItem: returnsItemOnFailure(input),
    };
  }

  #rejectDuplicateItems(steps: readonly Step[]): void {
    rejectDuplicates(
      steps.map(({ data }) =>
        identity(tableOf(this.#store, data.TableName), data.Key ?? data.Item),
      ),
    );
  }

  /** Whether the token of a request belongs to an equal transaction that was committed before. */
  isReplay(input: Input): boolean {
    return this.#earlier(input) === 'same';
  }

  #earlier({ ClientRequestToken: token, TransactItems }: Input): 'none' | 'same' | 'different' {
    for (const [known, { at }] of this.#tokens) {
      if (Date.now() - at < TOKEN_LIFETIME_MS) break;
      this.#tokens.delete(known);
    }
    const earlier = typeof token === 'string' ? this.#tokens.get(token) : undefined;
    if (!earlier) return 'none';
    return earlier.digest === digestOf(TransactItems) ? 'same' : 'different';
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
      if (isEmptyKeyError(error)) throw error;
      if (error.code !== 'ConditionalCheckFailedException') {
        return { Code: 'ValidationError', Message: error.message };
      }
      const item = step.returnsItem ? existingItem(this.#store, step.data) : undefined;
      const reason = { Code: 'ConditionalCheckFailed', Message: error.message };
      return item ? { ...reason, Item: item } : reason;
    }
  }
}

function tokenOf({ ClientRequestToken: token }: Input): string | undefined {
  if (token === undefined || token === null) return undefined;
  if (typeof token === 'string' && token.length >= 1 && token.length <= MAX_TOKEN_LENGTH) {
    return token;
  }
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to ${MAX_TOKEN_LENGTH}`,
  );
}

/** A digest of the items of a transaction. The order of members and of sets does not matter. */
function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const attribute = value as AttributeValue;
  const set = isSet(attribute) ? attribute[typeOf(attribute)] : undefined;
  if (Array.isArray(set)) return { [typeOf(attribute)]: [...set].sort() };
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, canonical(member)]));
}
