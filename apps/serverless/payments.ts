import { coordinate } from '@triptych/checkout/adapters';
import * as adapters from '@triptych/payments/adapters';
import { createPayments } from '@triptych/payments/core';
import { paymentsRoutes } from '@triptych/payments/http';
import { deadlineMessages, paymentsMessages } from '@triptych/payments/messages';
import { dynamo, eventBridge } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';
import { dynamoOutbox, eventBridgePublisher, streamRelay } from '@triptych/platform/outbox';
import { bearerAuth } from '@triptych/platform/tokens';

// 1 config
export const config = await loadConfig(adapters.paymentsSettings);

// 2 adapters
const at = { client: dynamo(), table: config.PAYMENTS_TABLE };
const outbox = dynamoOutbox(at);
const publisher = eventBridgePublisher(eventBridge(), config.EVENT_BUS);
const checkout = { ...at, clock: systemClock, arn: config.CHECKOUT_ARN };
export const relay = streamRelay({ outbox, publisher: coordinate(publisher, checkout) });
const tools = { clock: systemClock, ids: randomIds };
const store = adapters.dynamoPayments({ ...at, outbox, relay, ...tools });
const provider = adapters.stripeProvider({ url: config.PROVIDER_URL, key: config.PROVIDER_KEY });
const webhooks = adapters.stripeWebhooks({ secret: config.WEBHOOK_SECRET, clock: systemClock });

// 3 domain
const fingerprint = adapters.canonicalFingerprint;
const payments = createPayments({ ...store, provider, fingerprint, ...tools });
export const queues = [
  { queueUrl: config.QUEUE_URL, handle: paymentsMessages(payments, systemClock) },
  { queueUrl: config.DEADLINE_QUEUE_URL, handle: deadlineMessages(payments) },
];
const auth = bearerAuth({ config });
const plugin = paymentsRoutes({ payments, auth, webhooks });
export const service = { config, title: 'Payments', plugin, ready: [store.ping, auth.prepare] };
