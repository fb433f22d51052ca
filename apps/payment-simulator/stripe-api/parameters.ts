import { type ChargeLimits, chargeLimits } from '@triptych/events';
import { cardBehaviour } from '../intents/test-cards.ts';
import type { FormBody } from './form-body.ts';
import { invalidParameter, missing } from './stripe-error.ts';

/** Stripe's limits: https://docs.stripe.com/api/metadata */
const MAX_METADATA = 50;
const MAX_METADATA_VALUE = 500;

/** From this API version on, `allowed_payment_method_types` replaces `payment_method_types`. */
const WITHOUT_PAYMENT_METHOD_TYPES = '2026-09-30';

const TYPE_LISTS = ['allowed_payment_method_types', 'payment_method_types'];
const CANCELLATION_REASONS = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'];

export interface CreateParameters {
  readonly amountCents: number;
  readonly currency: string;
  readonly paymentMethod: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the parameters of a new intent: amount (within the currency's limits), currency,
 * payment_method, allowed_payment_method_types, metadata, description.
 * @throws StripeError 400 for any other parameter or value
 */
export function createParameters(form: FormBody, apiVersion: string | undefined): CreateParameters {
  rejectUnknown(
    form,
    ['amount', 'currency', 'payment_method', 'description'],
    [...TYPE_LISTS, 'metadata'],
  );
  if (form.nested.payment_method_types && (apiVersion ?? '') >= WITHOUT_PAYMENT_METHOD_TYPES) {
    throw invalidParameter(
      'payment_method_types',
      'payment_method_types is no longer supported; use allowed_payment_method_types.',
      'payment_method_types_no_longer_supported',
    );
  }
  for (const name of TYPE_LISTS) {
    for (const type of Object.values(form.nested[name] ?? {})) {
      if (type !== 'card')
        throw invalidParameter(name, `The payment method type "${type}" is invalid.`);
    }
  }
  const currency = currencyOf(form);
  return {
    amountCents: amountOf(form, chargeLimits(currency)),
    currency,
    paymentMethod: paymentMethodOf(form),
    metadata: metadataOf(form),
  };
}

/** Reads the parameters of a confirmation. @throws StripeError 400 */
export function confirmParameters(form: FormBody) {
  rejectUnknown(form, ['payment_method', 'error_on_requires_action', 'return_url', 'off_session']);
  const errorOnAction = form.text.error_on_requires_action === 'true';
  const offSession = form.text.off_session === 'true';
  return { paymentMethod: paymentMethodOf(form), errorOnAction, offSession };
}

/** Reads the parameters of a cancellation. @throws StripeError 400 */
export function cancelParameters(form: FormBody): { reason: string | null } {
  rejectUnknown(form, ['cancellation_reason']);
  const reason = form.text.cancellation_reason ?? null;
  if (reason !== null && !CANCELLATION_REASONS.includes(reason)) {
    const message = `Invalid cancellation_reason: must be one of ${CANCELLATION_REASONS.join(', ')}`;
    throw invalidParameter('cancellation_reason', message);
  }
  return { reason };
}

/** Rejects a parameter that the endpoint does not have. @throws StripeError 400 */
export function rejectUnknown(form: FormBody, text: string[], nested: string[] = []): void {
  const unknown =
    Object.keys(form.text).find((name) => !text.includes(name)) ??
    Object.keys(form.nested).find((name) => !nested.includes(name));
  if (unknown === undefined) return;
  throw invalidParameter(unknown, `Received unknown parameter: ${unknown}`, 'parameter_unknown');
}

/** Reads an amount in minor units. @throws StripeError 400 */
export function amountOf({ text }: FormBody, { minCents, maxCents }: ChargeLimits): number {
  if (text.amount === undefined) {
    throw invalidParameter('amount', 'Missing required param: amount.', 'parameter_missing');
  }
  if (!/^\d{1,12}$/.test(text.amount)) {
    throw invalidParameter(
      'amount',
      `Invalid integer: ${text.amount}`,
      'parameter_invalid_integer',
    );
  }
  const amount = Number(text.amount);
  if (amount < minCents) {
    const message = `Amount must be at least ${minCents} in the currency's minor unit.`;
    throw invalidParameter('amount', message, 'amount_too_small');
  }
  if (amount > maxCents) {
    const message = `Amount must be no more than ${maxCents} in the currency's minor unit.`;
    throw invalidParameter('amount', message, 'amount_too_large');
  }
  return amount;
}

function currencyOf({ text }: FormBody): string {
  const currency = text.currency?.toLowerCase();
  if (currency === undefined) {
    throw invalidParameter('currency', 'Missing required param: currency.', 'parameter_missing');
  }
  if (!/^[a-z]{3}$/.test(currency)) {
    throw invalidParameter('currency', `Invalid currency: ${currency}.`);
  }
  return currency;
}

function paymentMethodOf({ text }: FormBody): string | null {
  const paymentMethod = text.payment_method;
  if (paymentMethod === undefined) return null;
  if (!cardBehaviour(paymentMethod)) {
    throw missing('PaymentMethod', paymentMethod, 'payment_method');
  }
  return paymentMethod;
}

/** Reads the metadata. @throws StripeError 400 */
export function metadataOf({ nested }: FormBody): Record<string, string> {
  const metadata = { ...nested.metadata };
  const tooLong = Object.values(metadata).some((value) => value.length > MAX_METADATA_VALUE);
  if (tooLong || Object.keys(metadata).length > MAX_METADATA) {
    throw invalidParameter('metadata', 'Metadata has at most 50 keys and 500 characters a value.');
  }
  return metadata;
}
