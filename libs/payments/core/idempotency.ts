import { AppError } from '@triptych/platform/errors';

/** How long the same key gives the same answer. */
export const keptMs = 24 * 60 * 60 * 1000;

/** Two requests with equal scopes are the same request, sent again. */
export interface IdempotencyScope {
  readonly accountId: string;
  /** Method and route, such as `POST /payments/orders`. */
  readonly operation: string;
  readonly key: string;
}

/** What is kept of an answered request. */
export interface IdempotencyRecord {
  readonly scope: IdempotencyScope;
  /** SHA-256 of the canonical JSON (RFC 8785) of the request. */
  readonly fingerprint: string;
  readonly orderId: string;
  /** The answer as it was sent, byte for byte. */
  readonly answer: string;
  readonly expiresAtMs: number;
}

/**
 * Checks an Idempotency-Key: 1–255 visible ASCII characters.
 * @throws AppError validation `idempotency-key-missing` | `idempotency-key-invalid`
 */
export function checkedKey(key: string | undefined): string {
  if (key === undefined) {
    throw new AppError('validation', 'idempotency-key-missing', 'Send an Idempotency-Key header.');
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const detail = 'An Idempotency-Key is 1 to 255 visible ASCII characters.';
    throw new AppError('validation', 'idempotency-key-invalid', detail);
  }
  return key;
}

/**
 * Refuses a key that was used for something else.
 * @throws AppError unprocessable `idempotency-key-reused`
 */
export function checkSameRequest(kept: IdempotencyRecord, fingerprint: string): void {
  if (kept.fingerprint === fingerprint) return;
  const detail = 'This Idempotency-Key was used for a different request.';
  throw new AppError('unprocessable', 'idempotency-key-reused', detail);
}
