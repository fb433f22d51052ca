import { unexpectedState } from '../stripe-api/stripe-error.ts';
import { intentJson } from './intent.ts';
import { cardBehaviour } from './test-cards.ts';
import { webhookEvent } from './webhook-event.ts';
/** Charges the card. `errorOnAction` turns a card that asks its owner something into a decline. */
export function confirmIntent(intent, request, stamp) {
  const paymentMethod = request.paymentMethod ?? intent.paymentMethod;
  const card = paymentMethod === null ? undefined : cardBehaviour(paymentMethod);
  const confirmable = ['requires_confirmation', 'requires_payment_method', 'requires_action'];
  if (!card || !confirmable.includes(intent.status)) {
    return { answer: unexpectedState(intent, 'confirm'), intent };
  }
  const next = { ...intent, paymentMethod, version: intent.version + 1 };
  if (card.kind === 'succeeds') {
    const chargeId = `ch_${stamp.id}`;
    return changed({ ...next, status: 'succeeded', chargeId, lastError: null }, 'succeeded', stamp);
  }
  if (card.kind === 'asks' && !request.errorOnAction) {
    return changed({ ...next, status: 'requires_action' }, 'requires_action', stamp);
  }
  const failed = {
    ...next,
    status: 'requires_payment_method',
    paymentMethod: null,
    lastError: card.error,
  };
  const { intent: saved } = changed(failed, 'payment_failed', stamp);
  const body = { error: { ...card.error, payment_intent: intentJson(failed) } };
  return { answer: { status: 402, body }, intent: saved };
}
/** After this the intent can never be charged. */
export function cancelIntent(intent, reason, stamp) {
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    return { answer: unexpectedState(intent, 'cancel'), intent };
  }
  const canceled = {
    ...intent,
    version: intent.version + 1,
    status: 'canceled',
    canceledSeconds: stamp.nowSeconds,
    cancellationReason: reason,
  };
  return changed(canceled, 'canceled', stamp);
}
function changed(intent, event, stamp) {
  const undelivered = [
    ...intent.undelivered,
    webhookEvent(`payment_intent.${event}`, intent, stamp),
  ];
  return {
    answer: { status: 200, body: intentJson(intent) },
    intent: { ...intent, undelivered },
  };
}
