import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { cancellationCodes } from './cancellation-codes.ts';
import { retryConflicts } from './retry-conflicts.ts';

/** Committed, or which of the items (by position) had a condition that did not hold; then nothing was written. */
export type Transacted = { committed: true } | { committed: false; failed: readonly number[] };

/**
 * Writes all items (at most 100) or none. A single put or update goes alone, which means the same and costs half as much.
 * Conflicts with other transactions are tried again, conditions that do not hold are not.
 * @throws what {@link retryConflicts} throws
 */
export async function transact(
  client: DynamoDBClient,
  items: readonly TransactWriteItem[],
): Promise<Transacted> {
  try {
    await retryConflicts(() => write(client, items));
    return { committed: true };
  } catch (error) {
    const failed = failedConditions(error);
    if (failed.length > 0) return { committed: false, failed };
    throw error;
  }
}

async function write(client: DynamoDBClient, items: readonly TransactWriteItem[]): Promise<void> {
  const only = items.length === 1 ? items[0] : undefined;
  if (only?.Put) await client.send(new PutItemCommand(only.Put));
  else if (only?.Update) await client.send(new UpdateItemCommand(only.Update));
  else await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
}

function failedConditions(error: unknown): number[] {
  if (error instanceof ConditionalCheckFailedException) return [0];
  return cancellationCodes(error).flatMap((code, index) =>
    code === 'ConditionalCheckFailed' ? [index] : [],
  );
}
