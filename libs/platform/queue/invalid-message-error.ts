/**
 * A poison message: it cannot be parsed, no handler knows its type, or it violates its schema. It is never handled, and
 * ends in the dead-letter queue, because no later delivery can succeed.
 */
export class InvalidMessageError extends Error {
  constructor(type: string, reason: string) {
    super(`${type || 'message'}: ${reason}`);
    this.name = 'InvalidMessageError';
  }
}
