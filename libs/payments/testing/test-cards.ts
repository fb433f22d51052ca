import type { ProviderRefund } from '../core/index.ts';

/** What a card does when it is charged, and when its charge is refunded. */
export interface TestCard {
  /** The provider's decline code, if the card is declined. */
  readonly declines?: string;
  /** The bank takes the money back at once, so the charge cannot be refunded. */
  readonly isChargedBack?: true;
  /** The status in the answer to a refund, and the status right after. Succeeds at once if absent. */
  readonly refund?: {
    readonly first: ProviderRefund['status'];
    readonly last: ProviderRefund['status'];
  };
}

const CARDS = new Map<string, TestCard>([
  ['pm_card_visa', {}],
  ['pm_card_mastercard', {}],
  ['pm_card_createDispute', { isChargedBack: true }],
  ['pm_card_visa_chargeDeclined', { declines: 'generic_decline' }],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', { declines: 'insufficient_funds' }],
  ['pm_card_visa_chargeDeclinedLostCard', { declines: 'lost_card' }],
  ['pm_card_chargeDeclinedExpiredCard', { declines: 'expired_card' }],
  ['pm_card_authenticationRequired', { declines: 'authentication_not_handled' }],
  ['pm_card_pendingRefund', { refund: { first: 'pending', last: 'succeeded' } }],
  ['pm_card_refundFail', { refund: { first: 'succeeded', last: 'failed' } }],
  ['pm_staysPending', { refund: { first: 'pending', last: 'pending' } }],
]);

/**
 * The behaviour of a payment method; undefined if it does not exist. These are the simulator's cards,
 * which are Stripe's, and `pm_staysPending`, whose refunds stay pending until a test changes them.
 * https://docs.stripe.com/testing?testing-method=payment-methods
 */
export function cardOf(paymentMethod: string): TestCard | undefined {
  return CARDS.get(paymentMethod);
}
