import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import {
  type Plane,
  PROVIDER_KEY,
  type RunningSimulator,
  startSimulator,
} from './running-simulator.ts';

/**
 * Runs a simulator for the tests of one file, with Stripe's own library as its client. Before each
 * test, its faults are switched off and its delivery queue is emptied.
 */
export function simulatedStripe(startPlane: () => Promise<Plane & { stop(): Promise<void> }>) {
  let plane: Awaited<ReturnType<typeof startPlane>>;
  let simulator: RunningSimulator;
  let stripe: Stripe;
  let tests = 0;

  const connect = (apiKey = PROVIDER_KEY, timeout = 20_000) => {
    const { hostname, port } = new URL(simulator.url);
    const options = { host: hostname, port, protocol: 'http' as const };
    return new Stripe(apiKey, { ...options, maxNetworkRetries: 0, timeout, telemetry: false });
  };

  beforeAll(async () => {
    plane = await startPlane();
    simulator = await startSimulator(plane);
    stripe = connect();
  });
  afterAll(async () => {
    await simulator.stop();
    await plane.stop();
  });
  beforeEach(async () => {
    tests += 1;
    await simulator.control('DELETE', 'behaviour');
    while ((await simulator.receive()).length > 0);
  });

  return {
    get simulator() {
      return simulator;
    },
    get stripe() {
      return stripe;
    },
    connect,
    /** An idempotency key that no other test uses. */
    newKey: (name = 'key') => `${name}-${tests}`,
    create: (payment_method = 'pm_card_visa', options?: Stripe.RequestOptions) =>
      stripe.paymentIntents.create(
        {
          amount: 2400,
          currency: 'usd',
          payment_method,
          allowed_payment_method_types: ['card'],
          metadata: { orderId: 'order-1' },
        },
        options,
      ),
    confirm: (id: string, options?: Stripe.RequestOptions) =>
      stripe.paymentIntents.confirm(id, { error_on_requires_action: true }, options),
    /** Receives the events from the delivery queue. */
    events: async () =>
      (await simulator.receive()).map(
        ({ Body }) => JSON.parse(JSON.parse(Body ?? '').detail.payload) as Stripe.Event,
      ),
  };
}

/** The error with which a call of Stripe's library fails. */
export const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error as Stripe.errors.StripeError,
  );
