/** A simulator for tests, in this process or with Stripe's own library as its client. */
export * from './running-simulator.ts';
export * from './simulated-stripe.ts';
