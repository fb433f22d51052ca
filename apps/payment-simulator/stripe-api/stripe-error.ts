import { type Intent, intentJson } from '../intents/intent.ts';
import type { Answer } from './answer.ts';

/** The fields of Stripe's error object: https://docs.stripe.com/api/errors */
export interface ErrorFields {
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
}

/**
 * A request that is refused before anything is carried out; such an answer is not kept under its
 * key.
 */
export class StripeError extends Error {
  readonly answer: Answer;

  constructor(status: number, error: ErrorFields) {
    super(error.message);
    this.name = 'StripeError';
    this.answer = { status, body: { error } };
  }
}

/** A parameter that cannot be accepted. */
export function invalidParameter(param: string, message: string, code?: string): StripeError {
  const type = 'invalid_request_error';
  return new StripeError(400, { type, message, param, ...(code === undefined ? {} : { code }) });
}

/** Something that does not exist: 404 in the path, 400 in a parameter, as at Stripe. */
export function missing(what: string, id: string, param: string): StripeError {
  const message = `No such ${what}: '${id}'`;
  const status = ['intent', 'id'].includes(param) ? 404 : 400;
  const type = 'invalid_request_error';
  return new StripeError(status, { type, code: 'resource_missing', message, param });
}

/** The intent's status does not allow what is asked; the answer shows the intent, and is kept. */
export function unexpectedState(intent: Intent, action: string): Answer {
  const because = `because it has a status of ${intent.status}`;
  const error = {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${action} this PaymentIntent ${because}.`,
    payment_intent: intentJson(intent),
  };
  return { status: 400, body: { error } };
}

/** The fault that the simulator is told to have. */
export const internalFault: Answer = {
  status: 500,
  body: { error: { type: 'api_error', message: 'An unknown error occurred.' } },
};
