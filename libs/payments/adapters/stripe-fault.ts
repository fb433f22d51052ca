import { currentLogger } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import type { NotCreated } from '../core/index.ts';

/** The fields of an error from Stripe's SDK that the adapters read. */
export interface StripeFault {
  type?: string;
  code?: string;
  param?: string;
  statusCode?: number;
  requestId?: string;
  payment_intent?: Stripe.PaymentIntent;
}

/** Logs that the provider returned no usable answer, without any data of the order. */
export function logFault(step: string, { type, code, statusCode, requestId }: StripeFault): void {
  currentLogger().warn({ step, type, code, statusCode, requestId }, 'provider returned no answer');
}

/**
 * The answer to a creation that threw: refused if the fault is final, otherwise unknown. Stripe stores
 * a 5xx under the idempotency key and replays it. https://docs.stripe.com/api/idempotent_requests
 */
export function notCreated(
  step: string,
  error: unknown,
  isFinal: (fault: StripeFault) => boolean,
): NotCreated {
  const fault = error as StripeFault;
  if (isFinal(fault)) return { kind: 'refused', code: fault.code || 'invalid-request' };
  logFault(step, fault);
  return { kind: 'unknown', keySpent: (fault.statusCode ?? 0) >= 500 };
}
