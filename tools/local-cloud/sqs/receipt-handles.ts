import { randomUUID } from 'node:crypto';
import { AwsError } from '../kernel.ts';

/** A new handle for a message of a queue. Each receive has its own. */
export function receiptHandle(queueName: string, messageKey: number): string {
  return Buffer.from(`${queueName} ${messageKey} ${randomUUID()}`).toString('base64');
}

/**
 * The key of the message that a handle belongs to.
 * @throws AwsError ReceiptHandleIsInvalid when it is not a handle of this queue
 */
export function messageKeyOf(receipt: string, queueName: string): number {
  const [name, key] = Buffer.from(receipt, 'base64').toString('utf8').split(' ');
  if (name === queueName && /^\d+$/.test(key ?? '')) return Number(key);
  throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.', 404);
}
