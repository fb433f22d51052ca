/** Fixtures and contracts of payments, for tests of other packages. */
export { paymentsApp } from './payments-app.ts';
export { providerContract } from './provider-contract.ts';
export type { ProviderUnderTest } from './provider-under-test.ts';
export { newWorld, placeTwoCups, quoteFor, twoCups } from './world.ts';
