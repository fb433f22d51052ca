import type { CancelReason } from '@triptych/events';

const REASONS = new Map<string, CancelReason>([
  ['resource_missing', 'unknown-payment-method'],
  ['amount_too_small', 'amount-too-small'],
  ['amount_too_large', 'amount-too-large'],
  ['invalid-currency', 'currency-not-accepted'],
]);

/** The reason of an order for whose payment the provider refuses to create an intent, by its code. */
export function refusalReason(code: string): CancelReason {
  return REASONS.get(code) ?? 'payment-method-not-accepted';
}
