/** Payments' ports, implemented with DynamoDB and Stripe's SDK. */
export { canonicalFingerprint } from './canonical-fingerprint.ts';
export { dynamoPayments, type PaymentsStore } from './dynamo-payments.ts';
export { paymentsSettings, providerSettings } from './settings.ts';
export { stripeProvider } from './stripe-provider.ts';
export { stripeWebhooks } from './stripe-webhooks.ts';
