import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Why DynamoDB cancelled a transaction, one code for each of its items; empty for any other error. */
export function cancellationCodes(error: unknown): string[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
}
