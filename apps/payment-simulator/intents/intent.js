/** The intent as Stripe writes it, in the fields that this simulator knows. */
export function intentJson(intent) {
  const { id, paymentMethod } = intent;
  return {
    id,
    object: 'payment_intent',
    amount: intent.amountCents,
    amount_capturable: 0,
    amount_received: intent.status === 'succeeded' ? intent.amountCents : 0,
    canceled_at: intent.canceledSeconds,
    cancellation_reason: intent.cancellationReason,
    capture_method: 'automatic_async',
    confirmation_method: 'automatic',
    created: intent.createdSeconds,
    currency: intent.currency,
    last_payment_error: intent.lastError,
    latest_charge: intent.chargeId,
    livemode: false,
    metadata: intent.metadata,
    next_action: intent.status === 'requires_action' ? { type: 'use_stripe_sdk' } : null,
    payment_method: paymentMethod,
    payment_method_types: ['card'],
    status: intent.status,
  };
}
