/** The checkout as a Lambda durable function. */
export { durableCheckout } from './durable-checkout.ts';
export { durableFunction } from './durable-function.ts';
