import type { Intent } from './intent.ts';

/** What the simulator keeps of a Refund; it lies within its intent, whose one write holds the bound. */
export interface Refund {
  readonly id: string;
  readonly amountCents: number;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly failureReason: string | null;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdSeconds: number;
}

/** What is paid back of an intent, or about to be, in cents. */
export function refundedCents({ refunds }: Intent): number {
  return refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((cents, { amountCents }) => cents + amountCents, 0);
}

/** The refund as Stripe writes it, in the fields that this simulator knows. */
export function refundJson(intent: Intent, refund: Refund) {
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amountCents,
    charge: intent.chargeId,
    created: refund.createdSeconds,
    currency: intent.currency,
    ...(refund.failureReason === null ? {} : { failure_reason: refund.failureReason }),
    metadata: refund.metadata,
    payment_intent: intent.id,
    reason: refund.reason,
    status: refund.status,
  };
}

/** The charge of an intent that succeeded, with the intent's metadata, as at Stripe. */
export function chargeJson(intent: Intent) {
  const amountRefunded = refundedCents(intent);
  return {
    id: intent.chargeId,
    object: 'charge',
    amount: intent.amountCents,
    amount_captured: intent.amountCents,
    amount_refunded: amountRefunded,
    captured: true,
    created: intent.chargedSeconds,
    currency: intent.currency,
    livemode: false,
    metadata: intent.metadata,
    paid: true,
    payment_intent: intent.id,
    payment_method: intent.paymentMethod,
    refunded: amountRefunded === intent.amountCents,
    status: 'succeeded',
  };
}

/** Ids that sort by time, so that lists are in Stripe's order, newest first. */
export function timedId(prefix: 'ch' | 're', seconds: number, id: string): string {
  return `${timePrefix(prefix, seconds)}${id}`;
}

/** Where in a list of such ids a second begins. */
export function timePrefix(prefix: 'ch' | 're', seconds: number): string {
  return `${prefix}_${seconds.toString(36).padStart(7, '0')}`;
}
