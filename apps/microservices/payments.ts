import * as adapters from '@triptych/payments/adapters';
import { createPayments } from '@triptych/payments/core';
import { paymentsRoutes } from '@triptych/payments/http';
import { deadlineMessages, paymentsMessages } from '@triptych/payments/messages';
import { dynamo, eventBridge, sqs } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';
import { runContainer } from '@triptych/platform/container';
import { buildApp } from '@triptych/platform/http';
import { dynamoOutbox, eventBridgePublisher, loopRelay } from '@triptych/platform/outbox';
import { pollingLoop } from '@triptych/platform/queue';
import { bearerAuth } from '@triptych/platform/tokens';

// 1 config
const config = await loadConfig(adapters.paymentsSettings);

// 2 adapters
const at = { client: dynamo(), table: config.PAYMENTS_TABLE };
const outbox = dynamoOutbox(at);
const publisher = eventBridgePublisher(eventBridge(), config.EVENT_BUS);
const relay = loopRelay({ outbox, publisher });
const tools = { clock: systemClock, ids: randomIds };
const store = adapters.dynamoPayments({ ...at, outbox, relay, ...tools });
const provider = adapters.stripeProvider({ url: config.PROVIDER_URL, key: config.PROVIDER_KEY });
const webhooks = adapters.stripeWebhooks({ secret: config.WEBHOOK_SECRET, clock: systemClock });

// 3 domain
const fingerprint = adapters.canonicalFingerprint;
const payments = createPayments({ ...store, provider, fingerprint, ...tools });
const queues = [
  { queueUrl: config.QUEUE_URL, handle: paymentsMessages(payments, systemClock) },
  { queueUrl: config.DEADLINE_QUEUE_URL, handle: deadlineMessages(payments) },
];
const auth = bearerAuth({ config });
const plugin = paymentsRoutes({ payments, auth, webhooks });
const service = { config, title: 'Payments', plugin, ready: [store.ping, auth.prepare] };

// 4 run
const loops = queues.map((queue) => pollingLoop({ sqs: sqs(), ...queue }));
const app = await buildApp({ ...service, pressure: true });
await runContainer({ config, app, loops: [relay, ...loops] });
