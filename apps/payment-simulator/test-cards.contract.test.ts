import { startDataPlane } from '@triptych/platform/testing/data-plane';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { failure, simulatedStripe } from './testing/simulated-stripe.ts';

const shop = simulatedStripe(startDataPlane);
const { create, confirm, events } = shop;

describe('a charge', () => {
  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_visa_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
    ['pm_card_visa_chargeDeclinedVelocityLimitExceeded', 'card_declined', 'card_velocity_exceeded'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
    ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline'],
    ['pm_card_radarBlock', 'card_declined', 'fraudulent'],
    ['pm_card_authenticationRequired', 'authentication_required', 'authentication_not_handled'],
    ['pm_card_threeDSecure2Required', 'authentication_required', 'authentication_not_handled'],
  ])('with %s fails with a card error and one event', async (card, code, decline_code) => {
    const { id } = await create(card);
    const error = await failure(confirm(id));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({
      statusCode: 402,
      code,
      decline_code,
      payment_intent: { id, status: 'requires_payment_method' },
    });
    const after = await shop.stripe.paymentIntents.retrieve(id);
    expect(after.last_payment_error).toMatchObject({ code, decline_code });
    expect((await events()).map(({ type }) => type)).toEqual(['payment_intent.payment_failed']);
  });

  it.each([
    ...['visa', 'visa_debit', 'mastercard', 'mastercard_debit', 'mastercard_prepaid', 'amex'],
    ...['discover', 'diners', 'jcb', 'unionpay', 'visa_cartesBancaires', 'us', 'de', 'jp'],
    ...['riskLevelElevated', 'cvcCheckFail', 'bypassPending', 'threeDSecureOptional'],
  ])('succeeds with pm_card_%s', async (name) => {
    const { id } = await create(`pm_card_${name}`);
    expect(await confirm(id)).toMatchObject({ status: 'succeeded' });
    expect((await events()).map(({ type }) => type)).toEqual(['payment_intent.succeeded']);
  });

  it.each([
    ['pm_card_createDispute', 'fraudulent', 'needs_response', true],
    ['pm_card_createDisputeProductNotReceived', 'product_not_received', 'needs_response', true],
    ['pm_card_createDisputeInquiry', 'fraudulent', 'warning_needs_response', false],
  ])('succeeds with %s and is then disputed', async (card, reason, status, isWithdrawn) => {
    const { id } = await create(card);
    const { latest_charge } = await confirm(id);
    const [succeeded, created, ...others] = await events();
    expect(succeeded).toMatchObject({ type: 'payment_intent.succeeded' });
    expect(created).toMatchObject({
      type: 'charge.dispute.created',
      data: {
        object: {
          object: 'dispute',
          amount: 2400,
          charge: latest_charge,
          payment_intent: id,
          reason,
          status,
          is_charge_refundable: !isWithdrawn,
        },
      },
    });
    const types = others.map(({ type }) => type);
    expect(types).toEqual(isWithdrawn ? ['charge.dispute.funds_withdrawn'] : []);
    const refunding = shop.stripe.refunds.create({ payment_intent: id, amount: 100 });
    if (isWithdrawn) {
      expect(await failure(refunding)).toMatchObject({ statusCode: 400, code: 'charge_disputed' });
    } else expect(await refunding).toMatchObject({ status: 'succeeded' });
  });

  it('succeeds with a warning of fraud', async () => {
    const { id } = await create('pm_card_createIssuerFraudRecord');
    await confirm(id);
    const types = (await events()).map(({ type }) => type);
    expect(types).toEqual(['payment_intent.succeeded', 'radar.early_fraud_warning.created']);
  });

  it.each([
    ['pm_card_authenticationRequired', 'authentication_required'],
    ['pm_card_authenticationRequiredSetupForOffSession', undefined],
  ])('off session with %s fails as %s', async (card, decline_code) => {
    const { id } = await create(card);
    const confirming = shop.stripe.paymentIntents.confirm(id, { off_session: true });
    if (decline_code === undefined) {
      expect(await confirming).toMatchObject({ status: 'succeeded' });
    } else {
      const code = 'authentication_required';
      expect(await failure(confirming)).toMatchObject({ statusCode: 402, code, decline_code });
    }
  });
});
