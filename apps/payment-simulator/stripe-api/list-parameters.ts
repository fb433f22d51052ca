import type { RefundParameters } from '../intents/refund-intent.ts';
import type { FormBody } from './form-body.ts';
import { amountOf, metadataOf, rejectUnknown } from './parameters.ts';
import { invalidParameter } from './stripe-error.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
const LIST_PARAMETERS = ['payment_intent', 'limit', 'starting_after', 'created[gte]'];
/** The charge limits a refund. */
const ANY_AMOUNT = { minCents: 1, maxCents: Number.MAX_SAFE_INTEGER };
const REFUND_REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'];

/** The parameters of a list: https://docs.stripe.com/api/pagination */
export interface ListParameters {
  readonly intentId: string | null;
  readonly limit: number;
  readonly startingAfter: string | null;
  /** From `created[gte]`. */
  readonly sinceSeconds: number;
}

/** Reads the query of a list. @throws StripeError 400 */
export function listParameters(query: unknown): ListParameters {
  const given = query as Record<string, string>;
  const unknown = Object.keys(given).find((name) => !LIST_PARAMETERS.includes(name));
  if (unknown !== undefined) {
    throw invalidParameter(unknown, `Received unknown parameter: ${unknown}`, 'parameter_unknown');
  }
  return {
    intentId: given.payment_intent ?? null,
    limit: wholeNumber('limit', given.limit ?? String(DEFAULT_LIMIT), 1, MAX_LIMIT),
    startingAfter: given.starting_after ?? null,
    sinceSeconds: wholeNumber('created[gte]', given['created[gte]'] ?? '0', 0, 99_999_999_999),
  };
}

/** Reads the parameters of a new refund. @throws StripeError 400 */
export function refundParameters(form: FormBody): RefundParameters & { intentId: string } {
  rejectUnknown(form, ['payment_intent', 'amount', 'reason'], ['metadata']);
  const { payment_intent: intentId, amount, reason = null } = form.text;
  if (intentId === undefined) {
    const message = 'One of the following params should be provided: payment_intent or charge.';
    throw invalidParameter('payment_intent', message, 'parameter_missing');
  }
  if (reason !== null && !REFUND_REASONS.includes(reason)) {
    throw invalidParameter('reason', `Invalid reason: must be one of ${REFUND_REASONS.join(', ')}`);
  }
  const amountCents = amount === undefined ? null : amountOf(form, ANY_AMOUNT);
  return { intentId, amountCents, reason, metadata: metadataOf(form) };
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,11}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw invalidParameter(name, `Invalid integer: ${text}`, 'parameter_invalid_integer');
}
