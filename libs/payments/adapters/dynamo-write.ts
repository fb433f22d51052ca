import {
  type CancellationReason,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { withConflictRetry } from './dynamo-conflicts.ts';

/**
 * Writes all items in one transaction, or none. A single put goes alone, which costs half as much.
 * Conflicts with another transaction are tried again; conditions that do not hold are not.
 * @returns false when a condition did not hold
 */
export async function writeAll(
  client: DynamoDBClient,
  items: readonly TransactWriteItem[],
): Promise<boolean> {
  const put = items.length === 1 ? items[0]?.Put : undefined;
  try {
    await withConflictRetry(async () => {
      if (put) await client.send(new PutItemCommand(put));
      else await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    if (
      error instanceof TransactionCanceledException &&
      error.CancellationReasons?.some(conditionFailed)
    ) {
      return false;
    }
    throw error;
  }
}

const conditionFailed = ({ Code }: CancellationReason) => Code === 'ConditionalCheckFailed';
