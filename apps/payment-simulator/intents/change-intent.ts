import type { Answer } from '../stripe-api/answer.ts';
import { unexpectedState } from '../stripe-api/stripe-error.ts';
import { disputeEvents } from './dispute-events.ts';
import { type CardError, type Intent, type IntentStatus, intentJson } from './intent.ts';
import { authenticationError, type CardBehaviour, cardBehaviour } from './test-cards.ts';
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

interface Confirmation {
  readonly paymentMethod: string | null;
  /** A card that requires authentication is declined. */
  readonly errorOnAction: boolean;
  /** The customer is not present to authenticate. */
  readonly offSession: boolean;
}

/** Charges the card. */
export function confirmIntent(intent: Intent, request: Confirmation, stamp: Stamp): Outcome {
  const paymentMethod = request.paymentMethod ?? intent.paymentMethod;
  const card = paymentMethod === null ? undefined : cardBehaviour(paymentMethod);
  if (!card || !CONFIRMABLE.includes(intent.status)) {
    return { answer: unexpectedState(intent, 'confirm'), intent };
  }
  const next = { ...intent, paymentMethod, version: intent.version + 1 };
  const error = errorOf(card, request);
  if (error === undefined) {
    const chargedSeconds = stamp.nowSeconds;
    const charge = { chargeId: timedId('ch', chargedSeconds, stamp.id), chargedSeconds };
    const charged = { ...next, ...charge, status: 'succeeded', lastError: null } as const;
    const { answer, intent: succeeded } = changed(charged, 'succeeded', stamp);
    const undelivered = [...succeeded.undelivered, ...disputeEvents(charged, card, stamp)];
    return { answer, intent: { ...succeeded, undelivered } };
  }
  if (error === 'requires_action') {
    return changed({ ...next, status: 'requires_action' }, 'requires_action', stamp);
  }
  const failed: Intent = {
    ...next,
    status: 'requires_payment_method',
    paymentMethod: null,
    lastError: error,
  };
  const { intent: saved } = changed(failed, 'payment_failed', stamp);
  const body = { error: { ...error, payment_intent: intentJson(failed) } };
  return { answer: { status: 402, body }, intent: saved };
}

/** Why a charge does not succeed; undefined if it does. */
function errorOf(
  card: CardBehaviour,
  { errorOnAction, offSession }: Confirmation,
): CardError | 'requires_action' | undefined {
  if (card.kind === 'succeeds') return undefined;
  if (card.kind === 'declined') return card.error;
  if (offSession) return card.isSetUp ? undefined : authenticationError(true);
  return errorOnAction ? authenticationError(false) : 'requires_action';
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
