import type Stripe from 'stripe';

/**
 * Loads the SDK when it is first needed. It costs about 70 ms to evaluate, and most cold starts
 * (placing or reading an order) never talk to the provider.
 */
export async function stripeSdk(): Promise<typeof Stripe> {
  return (await import('stripe')).default;
}
