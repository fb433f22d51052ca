import { currentLogger } from '@triptych/platform/telemetry';
import type { NotCreated } from '../core/index.ts';

/** The fields of an error from Stripe's SDK, or of an UnexpectedAnswer, that the adapters read. */
export interface StripeFault {
  type?: string;
  /** `type` of the error object. Stripe's own faults are `api_error`. */
  rawType?: string;
  code?: string;
  param?: string;
  statusCode?: number;
  requestId?: string;
  payment_intent?: unknown;
}

/** Logs that the provider returned no usable answer, without any data of the order. */
export function logFault(step: string, { type, code, statusCode, requestId }: StripeFault): void {
  currentLogger().warn({ step, type, code, statusCode, requestId }, 'provider returned no answer');
}

/**
 * The answer to a creation that threw: refused if the fault is final, otherwise unknown. Stripe stores
 * its own 5xx under the idempotency key and replays it, but not a gateway's, so a request that only a
 * gateway answered is repeated under the same key.
 * https://docs.stripe.com/api/idempotent_requests
 */
export function notCreated(
  step: string,
  error: unknown,
  isFinal: (fault: StripeFault) => boolean,
): NotCreated {
  const fault = error as StripeFault;
  if (isFinal(fault)) {
    // Stripe has no code for a currency that it does not support.
    const unnamed = fault.param === 'currency' ? 'invalid-currency' : 'invalid-request';
    return { kind: 'refused', code: fault.code || unnamed };
  }
  logFault(step, fault);
  const keySpent = fault.rawType === 'api_error' && (fault.statusCode ?? 0) >= 500;
  return { kind: 'unknown', keySpent };
}
