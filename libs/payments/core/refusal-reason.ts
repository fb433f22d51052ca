import type { CancelReason } from '@triptych/events';
import type { Refused } from './ports.ts';

const REASONS = new Map<string, CancelReason>([
  ['resource_missing', 'unknown-payment-method'],
  ['amount_too_small', 'amount-too-small'],
  ['amount_too_large', 'amount-too-large'],
  ['invalid-currency', 'currency-not-accepted'],
]);

const REASONS_OF_PARTS: Readonly<Record<NonNullable<Refused['about']>, CancelReason>> = {
  amount: 'amount-not-accepted',
  currency: 'currency-not-accepted',
};

/**
 * The reason of an order for whose payment the provider refuses to create an intent. A code that this
 * shop does not know is explained by the part of the request that the provider names.
 */
export function refusalReason({ code, about }: Refused): CancelReason {
  const unknown = about === undefined ? 'payment-method-not-accepted' : REASONS_OF_PARTS[about];
  return REASONS.get(code) ?? unknown;
}
