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

/** Committed, or nothing was written because the conditions of the items at the positions `failed` did not hold. */
export type TransactionResult =
  | { committed: true }
  | { committed: false; failed: readonly number[] };

/**
 * Writes all items (at most 100) or none. Retries conflicts with other transactions; a failed condition is a result,
 * not an error. A single put or update is sent without a transaction, which has the same effect at half the cost.
 * @throws Error from DynamoDB, when conflicts persist or the call fails for another reason
 */
export async function transact(
  client: DynamoDBClient,
  items: readonly TransactWriteItem[],
): Promise<TransactionResult> {
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
