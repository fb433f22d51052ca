import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** The reasons why DynamoDB cancelled a transaction, one code per item. Empty for any other error. */
export function cancellationCodes(error: unknown): string[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
}
