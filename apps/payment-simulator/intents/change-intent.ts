import type { Answer } from '../stripe-api/answer.ts';
import { unexpectedState } from '../stripe-api/stripe-error.ts';
import { type Intent, intentJson } from './intent.ts';
import { timedId } from './refund.ts';
import { cardBehaviour } from './test-cards.ts';
import { webhookEvent } from './webhook-event.ts';

/**
 * What a request does: the answer, and the intent after it (the same object when nothing changed).
 */
export interface Outcome {
  readonly answer: Answer;
  readonly intent: Intent;
}

/** Time, an id for whatever is made, and the request's key for the event that tells of it. */
export interface Stamp {
  readonly id: string;
  readonly nowSeconds: number;
  readonly idempotencyKey: string | null;
}

/** Charges the card. `errorOnAction` turns a card that asks its owner something into a decline. */
export function confirmIntent(
  intent: Intent,
  request: { paymentMethod: string | null; errorOnAction: boolean },
  stamp: Stamp,
): Outcome {
  const paymentMethod = request.paymentMethod ?? intent.paymentMethod;
  const card = paymentMethod === null ? undefined : cardBehaviour(paymentMethod);
  const confirmable = ['requires_confirmation', 'requires_payment_method', 'requires_action'];
  if (!card || !confirmable.includes(intent.status)) {
    return { answer: unexpectedState(intent, 'confirm'), intent };
  }
  const next = { ...intent, paymentMethod, version: intent.version + 1 };
  if (card.kind === 'succeeds') {
    const chargedSeconds = stamp.nowSeconds;
    const charge = { chargeId: timedId('ch', chargedSeconds, stamp.id), chargedSeconds };
    const charged = { ...next, ...charge, status: 'succeeded', lastError: null } as const;
    return changed(charged, 'succeeded', stamp);
  }
  if (card.kind === 'asks' && !request.errorOnAction) {
    return changed({ ...next, status: 'requires_action' }, 'requires_action', stamp);
  }
  const failed: Intent = {
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
export function cancelIntent(intent: Intent, reason: string | null, stamp: Stamp): Outcome {
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    return { answer: unexpectedState(intent, 'cancel'), intent };
  }
  const canceled: Intent = {
    ...intent,
    version: intent.version + 1,
    status: 'canceled',
    canceledSeconds: stamp.nowSeconds,
    cancellationReason: reason,
  };
  return changed(canceled, 'canceled', stamp);
}

function changed(intent: Intent, event: string, stamp: Stamp): Outcome {
  const undelivered = [
    ...intent.undelivered,
    webhookEvent(`payment_intent.${event}`, intentJson(intent), stamp),
  ];
  return {
    answer: { status: 200, body: intentJson(intent) },
    intent: { ...intent, undelivered },
  };
}
