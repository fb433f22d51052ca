import { currentLogger } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';

/** What we read of an error that Stripe's SDK throws. */
export interface StripeFault {
  type?: string;
  code?: string;
  param?: string;
  statusCode?: number;
  requestId?: string;
  payment_intent?: Stripe.PaymentIntent;
}

/** Says that the provider gave no usable answer, without anything of the order in it. */
export function logFault(step: string, { type, code, statusCode, requestId }: StripeFault): void {
  currentLogger().warn({ step, type, code, statusCode, requestId }, 'provider gave no answer');
}
