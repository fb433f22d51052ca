const declined = (decline_code, message) => ({
  kind: 'declined',
  error: { type: 'card_error', code: 'card_declined', decline_code, message },
});
/** Stripe's documented test payment methods, those that the shop uses: https://docs.stripe.com/testing?testing-method=payment-methods */
const cards = new Map([
  ['pm_card_visa', { kind: 'succeeds' }],
  ['pm_card_mastercard', { kind: 'succeeds' }],
  ['pm_card_visa_chargeDeclined', declined('generic_decline', 'Your card was declined.')],
  [
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    declined('insufficient_funds', 'Your card has insufficient funds.'),
  ],
  [
    'pm_card_authenticationRequired',
    {
      kind: 'asks',
      error: {
        type: 'card_error',
        code: 'authentication_required',
        decline_code: 'authentication_required',
        message: 'Your card was declined. This transaction requires authentication.',
      },
    },
  ],
]);
/** Undefined when there is no such payment method. */
export function cardBehaviour(paymentMethod) {
  return cards.get(paymentMethod);
}
