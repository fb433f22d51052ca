import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';

/**
 * Hides a received message for `seconds`, counted from now. Then SQS delivers it again.
 * @throws Error when SQS cannot be reached, or the receipt handle has expired
 */
export async function changeVisibility(
  sqs: SQSClient,
  queueUrl: string,
  receiptHandle: string | undefined,
  seconds: number,
): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
  );
}
