import type { CardError } from './intent.ts';
import type { Refund } from './refund.ts';

/** The status of a refund in its answer, and right after. */
export interface RefundCourse {
  readonly first: Refund['status'];
  readonly last: Refund['status'];
}

/** What happens when a card is charged. */
export type CardBehaviour =
  | { readonly kind: 'succeeds'; readonly refund?: RefundCourse }
  | { readonly kind: 'declined'; readonly error: CardError }
  | { readonly kind: 'authenticates'; readonly error: CardError };

const declined = (decline_code: string, message: string): CardBehaviour => ({
  kind: 'declined',
  error: { type: 'card_error', code: 'card_declined', decline_code, message },
});

/**
 * The test payment methods of Stripe that the shop uses:
 * https://docs.stripe.com/testing?testing-method=payment-methods
 */
const CARDS = new Map<string, CardBehaviour>([
  ['pm_card_visa', { kind: 'succeeds' }],
  ['pm_card_mastercard', { kind: 'succeeds' }],
  ['pm_card_pendingRefund', { kind: 'succeeds', refund: { first: 'pending', last: 'succeeded' } }],
  ['pm_card_refundFail', { kind: 'succeeds', refund: { first: 'succeeded', last: 'failed' } }],
  ['pm_card_visa_chargeDeclined', declined('generic_decline', 'Your card was declined.')],
  [
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    declined('insufficient_funds', 'Your card has insufficient funds.'),
  ],
  [
    'pm_card_authenticationRequired',
    {
      kind: 'authenticates',
      error: {
        type: 'card_error',
        code: 'authentication_required',
        decline_code: 'authentication_required',
        message: 'Your card was declined. This transaction requires authentication.',
      },
    },
  ],
]);

/** The behaviour of a payment method; undefined if it does not exist. */
export function cardBehaviour(paymentMethod: string): CardBehaviour | undefined {
  return CARDS.get(paymentMethod);
}
