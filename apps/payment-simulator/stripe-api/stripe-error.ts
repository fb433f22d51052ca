import { type Intent, intentJson } from '../intents/intent.ts';
import type { Answer } from './answer.ts';

/** The fields of Stripe's error object: https://docs.stripe.com/api/errors */
export interface ErrorFields {
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
}

/** Rejects a request before anything is carried out. The answer is not stored under its key. */
export class StripeError extends Error {
  readonly answer: Answer;
  /** Stripe's code, or its type when the error has no code. */
  readonly code: string;

  constructor(status: number, error: ErrorFields) {
    super(error.message);
    this.name = 'StripeError';
    this.answer = { status, body: { error } };
    this.code = error.code ?? error.type;
  }
}

/** The error for an invalid parameter. */
export function invalidParameter(param: string, message: string, code?: string): StripeError {
  const type = 'invalid_request_error';
  return new StripeError(400, { type, message, param, ...(code === undefined ? {} : { code }) });
}

/** The error for a request that is invalid as a whole. */
export function invalidRequest(code: string, message: string): StripeError {
  return new StripeError(400, { type: 'invalid_request_error', code, message });
}

/** The error for an unknown id. As at Stripe: 404 in the path, 400 in a parameter. */
export function missing(what: string, id: string, param: string): StripeError {
  const message = `No such ${what}: '${id}'`;
  const status = ['intent', 'id'].includes(param) ? 404 : 400;
  const type = 'invalid_request_error';
  return new StripeError(status, { type, code: 'resource_missing', message, param });
}

/** The answer when the intent's status does not allow the action. It is stored under its key. */
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

/** The answer of the fault `failWith500`. */
export const INTERNAL_FAULT: Answer = {
  status: 500,
  body: { error: { type: 'api_error', message: 'An unknown error occurred.' } },
};
