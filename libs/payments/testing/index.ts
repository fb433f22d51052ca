/** Fixtures of payments for tests of other packages. */
export { paymentsApp } from './payments-app.ts';
export { quoteFor, twoCups } from './world.ts';
