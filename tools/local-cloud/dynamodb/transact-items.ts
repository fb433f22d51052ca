import { DetailedAwsError } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';
import { itemKey } from './dynalite.ts';
import type { Input, Item, Table } from './table-types.ts';
import { hasKey } from './targets.ts';

// Limits:
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

/** Why one item of a transaction failed, or `None`. */
export interface Reason {
  Code: string;
  Message?: string;
  Item?: Item;
}

/**
 * The items of a transaction.
 * @throws AwsError ValidationException when there are too many or they are too large
 */
export function transactItems(input: Input): Record<string, unknown>[] {
  const items = input.TransactItems;
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_ITEMS) {
    const [value, bound] =
      Array.isArray(items) && items.length > 0
        ? [`'[${items.length} items]' `, `less than or equal to ${MAX_ITEMS}`]
        : ["'[]' ", 'greater than or equal to 1'];
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value ${value}at 'transactItems' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(items)) > MAX_BYTES) {
    throw new AwsError('ValidationException', 'Transaction request exceeds 4 MB');
  }
  return items as Record<string, unknown>[];
}

/**
 * Identifies an item in a transaction, which must not contain it twice. Undefined for an invalid
 * key, which is rejected later.
 */
export function identity(table: Table, keyOrItem: unknown): string | undefined {
  const item = (keyOrItem ?? {}) as Item;
  return hasKey(item, table) ? `${table.TableName} ${itemKey(item, table)}` : undefined;
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
 * Checks two members that dynalite knows, but not for transactions.
 * @throws AwsError ValidationException
 */
export function checkReportMembers(input: Input): void {
  checkEnum(input, 'ReturnConsumedCapacity', ['INDEXES', 'TOTAL', 'NONE']);
  checkEnum(input, 'ReturnItemCollectionMetrics', ['SIZE', 'NONE']);
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

/** @throws AwsError TransactionCanceledException unless every reason is `None` */
export function cancelOn(reasons: readonly Reason[]): void {
  if (reasons.some((reason) => reason.Code !== 'None')) throw transactionCanceled(reasons);
}

/** Whether an error is about an empty key. It rejects a transaction instead of cancelling it. */
export function isEmptyKeyError(error: AwsError): boolean {
  return error.message.includes('cannot contain an empty');
}

function checkEnum(input: Input, name: string, values: readonly string[]): void {
  const value = input[name];
  if (value === undefined || value === null || values.includes(String(value))) return;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  );
}
