import { dynamo, sqs } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';
import { buildApp } from '@triptych/platform/http';
import { functions } from '@triptych/platform/lambda';
import { dynamoBehaviours } from './control/behaviour.ts';
import { webhookDeliveries } from './delivery/deliver-webhooks.ts';
import { sqsDeliveries } from './delivery/delivery-queue.ts';
import { simulatorRoutes } from './http/simulator-plugin.ts';
import { dynamoSimulator } from './store/dynamo-simulator.ts';
import { simulatorSettings } from './store/settings.ts';

// 1 config
const config = await loadConfig(simulatorSettings);
const { SIMULATOR_TABLE: table, DELIVERY_QUEUE_URL: queueUrl, PROVIDER_KEY: key } = config;

// 2 adapters
const clock = systemClock;
const store = dynamoSimulator({ client: dynamo(), table, clock });
const behaviours = dynamoBehaviours({ client: dynamo(), table, clock });
const deliveries = sqsDeliveries({ sqs: sqs(), queueUrl });

// 3 domain
const plugin = simulatorRoutes({ store, behaviours, deliveries, key, clock, ids: randomIds });
const handle = webhookDeliveries({ url: config.WEBHOOK_URL, secret: config.WEBHOOK_SECRET, clock });

// 4 run
export const { http, worker } = await functions({
  config,
  app: () => buildApp({ config, title: 'Payment simulator', plugin, ready: [store.ping] }),
  queues: [{ queueUrl, handle }],
});
