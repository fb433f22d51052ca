import type { CardError } from './intent.ts';
import type { Refund } from './refund.ts';
import { SUCCESSFUL_CARDS } from './successful-cards.ts';

/** The status of a refund in its answer, and right after. */
export interface RefundCourse {
  readonly first: Refund['status'];
  readonly last: Refund['status'];
}

/** A dispute of a charge: https://docs.stripe.com/disputes. An inquiry takes no money back. */
export interface DisputeCourse {
  readonly reason: 'fraudulent' | 'product_not_received';
  readonly isInquiry: boolean;
}

/** What happens when a card is charged. */
export type CardBehaviour =
  | {
      readonly kind: 'succeeds';
      readonly refund?: RefundCourse;
      readonly disputes?: readonly DisputeCourse[];
      readonly hasFraudWarning?: true;
    }
  | { readonly kind: 'declined'; readonly error: CardError }
  /** The customer must authenticate, unless the card is set up for charges without the customer. */
  | { readonly kind: 'authenticates'; readonly isSetUp?: true };

type Details = Partial<Pick<CardError, 'param' | 'advice_code'>>;

const DECLINED_MESSAGE = 'Your card was declined.';

function declined(decline_code: string, message: string, details: Details = {}): CardBehaviour {
  const error = { type: 'card_error', code: 'card_declined', decline_code, message } as const;
  return { kind: 'declined', error: { ...error, ...details } };
}

/** A decline with a code of its own, which is its decline code too. */
function failed(code: string, message: string, details: Details = {}): CardBehaviour {
  const error = { type: 'card_error', code, decline_code: code, message } as const;
  return { kind: 'declined', error: { ...error, ...details } };
}

const AUTHENTICATES: CardBehaviour = { kind: 'authenticates' };
const FRAUDULENT = { reason: 'fraudulent', isInquiry: false } as const;
const GENERIC = declined('generic_decline', DECLINED_MESSAGE, { advice_code: 'try_again_later' });
const POOR = declined('insufficient_funds', 'Your card has insufficient funds.', {
  advice_code: 'try_again_later',
});
const BLOCKED = declined('fraudulent', DECLINED_MESSAGE);
const TOO_OFTEN =
  'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.';
const PROCESSING = 'An error occurred while processing your card. Try again in a little bit.';

/**
 * Stripe's test payment methods, with the default settings of Radar:
 * https://docs.stripe.com/testing?testing-method=payment-methods (2026-11-30)
 */
const CARDS = new Map<string, CardBehaviour>([
  ...SUCCESSFUL_CARDS.map((name): [string, CardBehaviour] => [name, { kind: 'succeeds' }]),

  ['pm_card_pendingRefund', { kind: 'succeeds', refund: { first: 'pending', last: 'succeeded' } }],
  ['pm_card_refundFail', { kind: 'succeeds', refund: { first: 'succeeded', last: 'failed' } }],

  ['pm_card_createDispute', { kind: 'succeeds', disputes: [FRAUDULENT] }],
  [
    'pm_card_createDisputeProductNotReceived',
    { kind: 'succeeds', disputes: [{ reason: 'product_not_received', isInquiry: false }] },
  ],
  [
    'pm_card_createDisputeInquiry',
    { kind: 'succeeds', disputes: [{ reason: 'fraudulent', isInquiry: true }] },
  ],
  ['pm_card_createMultipleDisputes', { kind: 'succeeds', disputes: [FRAUDULENT, FRAUDULENT] }],
  ['pm_card_createIssuerFraudRecord', { kind: 'succeeds', hasFraudWarning: true }],

  ['pm_card_chargeDeclined', GENERIC],
  ['pm_card_visa_chargeDeclined', GENERIC],
  ['pm_card_chargeCustomerFail', GENERIC],
  ['pm_card_chargeDeclinedInsufficientFunds', POOR],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', POOR],
  [
    'pm_card_visa_chargeDeclinedLostCard',
    declined('lost_card', DECLINED_MESSAGE, { advice_code: 'do_not_try_again' }),
  ],
  [
    'pm_card_visa_chargeDeclinedStolenCard',
    declined('stolen_card', DECLINED_MESSAGE, { advice_code: 'do_not_try_again' }),
  ],
  [
    'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
    declined('card_velocity_exceeded', TOO_OFTEN),
  ],
  [
    'pm_card_chargeDeclinedExpiredCard',
    failed('expired_card', 'Your card has expired.', {
      param: 'exp_month',
      advice_code: 'confirm_card_data',
    }),
  ],
  [
    'pm_card_chargeDeclinedIncorrectCvc',
    failed('incorrect_cvc', "Your card's security code is incorrect.", {
      param: 'cvc',
      advice_code: 'confirm_card_data',
    }),
  ],
  [
    'pm_card_chargeDeclinedProcessingError',
    failed('processing_error', PROCESSING, { advice_code: 'try_again_later' }),
  ],
  ['pm_card_chargeDeclinedFraudulent', BLOCKED],
  ['pm_card_radarBlock', BLOCKED],
  ['pm_card_riskLevelHighest', BLOCKED],
  ['pm_card_threeDSecureRequiredProcessingError', GENERIC],

  ['pm_card_authenticationRequired', AUTHENTICATES],
  ['pm_card_authenticationRequiredOnSetup', AUTHENTICATES],
  ['pm_card_authenticationRequiredSetupForOffSession', { kind: 'authenticates', isSetUp: true }],
  ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', AUTHENTICATES],
  ['pm_card_threeDSecure2Required', AUTHENTICATES],
  ['pm_card_threeDSecureRequired', AUTHENTICATES],
  ['pm_card_threeDSecureRequiredChargeDeclined', AUTHENTICATES],
]);

/** The behaviour of a payment method; undefined if it does not exist. */
export function cardBehaviour(paymentMethod: string): CardBehaviour | undefined {
  return CARDS.get(paymentMethod);
}

/**
 * The error for a card that requires authentication. Off session the issuer declines; otherwise
 * Stripe does, because the caller does not handle the authentication.
 * https://docs.stripe.com/declines/codes
 */
export function authenticationError(offSession: boolean): CardError {
  return {
    type: 'card_error',
    code: 'authentication_required',
    decline_code: offSession ? 'authentication_required' : 'authentication_not_handled',
    message: 'Your card was declined. This transaction requires authentication.',
  };
}
