import { AppError } from '@triptych/platform/errors';

/** How long a key returns the stored answer. */
export const IDEMPOTENCY_TTL_MS = 24 * 60 * 60 * 1000;

/** Two requests with equal scopes are the same request, sent twice. */
export interface IdempotencyScope {
  readonly accountId: string;
  /** Method and route, such as `POST /payments/orders`. */
  readonly operation: string;
  readonly key: string;
}

/** The stored answer to a request. */
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
 * Returns a valid Idempotency-Key: 1–255 visible ASCII characters.
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
 * Rejects a key that was used for a different request.
 * @throws AppError unprocessable `idempotency-key-reused`
 */
export function checkSameRequest(stored: IdempotencyRecord, fingerprint: string): void {
  if (stored.fingerprint === fingerprint) return;
  const detail = 'This Idempotency-Key was used for a different request.';
  throw new AppError('unprocessable', 'idempotency-key-reused', detail);
}
