import { createHmac } from 'node:crypto';

/** The Stripe-Signature of a payload: https://docs.stripe.com/webhooks?verify=verify-manually */
export function stripeSignature(payload: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex');
  return `t=${seconds},v1=${signature}`;
}
