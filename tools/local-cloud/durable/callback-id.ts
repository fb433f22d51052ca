import { randomBytes } from 'node:crypto';

/** The callback of an operation. */
interface CallbackAddress {
  readonly executionArn: string;
  readonly operationId: string;
}

/** The id of a new callback. It contains the callback's address and cannot be guessed. */
export function newCallbackId({ executionArn, operationId }: CallbackAddress): string {
  const parts = [executionArn, operationId, randomBytes(12).toString('hex')];
  return Buffer.from(JSON.stringify(parts)).toString('base64');
}

/** The address in a callback id. Undefined for text that is not an id. */
export function parseCallbackId(id: string): CallbackAddress | undefined {
  try {
    const [executionArn, operationId] = JSON.parse(Buffer.from(id, 'base64').toString('utf8'));
    return { executionArn: String(executionArn), operationId: String(operationId) };
  } catch {
    return undefined;
  }
}
