import type { Answer } from '../stripe-api/answer.ts';
import { unexpectedState } from '../stripe-api/stripe-error.ts';
import { type Intent, type IntentStatus, intentJson } from './intent.ts';
import { cardBehaviour } from './test-cards.ts';
import { timedId } from './timed-id.ts';
import { webhookEvent } from './webhook-event.ts';

const CONFIRMABLE: readonly IntentStatus[] = [
  'requires_confirmation',
  'requires_payment_method',
  'requires_action',
];

/** The result of a request: the answer and the intent (the same object if nothing changed). */
export interface Outcome {
  readonly answer: Answer;
  readonly intent: Intent;
}

/** The time of a request, an id for the record it creates, and its idempotency key. */
export interface Stamp {
  readonly id: string;
  readonly nowSeconds: number;
  readonly idempotencyKey: string | null;
}

/** Charges the card. With `errorOnAction`, a card that requires authentication is declined. */
export function confirmIntent(
  intent: Intent,
  request: { paymentMethod: string | null; errorOnAction: boolean },
  stamp: Stamp,
): Outcome {
  const paymentMethod = request.paymentMethod ?? intent.paymentMethod;
  const card = paymentMethod === null ? undefined : cardBehaviour(paymentMethod);
  if (!card || !CONFIRMABLE.includes(intent.status)) {
    return { answer: unexpectedState(intent, 'confirm'), intent };
  }
  const next = { ...intent, paymentMethod, version: intent.version + 1 };
  if (card.kind === 'succeeds') {
    const chargedSeconds = stamp.nowSeconds;
    const charge = { chargeId: timedId('ch', chargedSeconds, stamp.id), chargedSeconds };
    const charged = { ...next, ...charge, status: 'succeeded', lastError: null } as const;
    return changed(charged, 'succeeded', stamp);
  }
  if (card.kind === 'authenticates' && !request.errorOnAction) {
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

/** Cancels the intent, so that it can never be charged. */
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
