import { dynamoCatalog } from '@triptych/catalog/adapters';
import { createReservations } from '@triptych/catalog/core';
import * as checkout from '@triptych/checkout/adapters';
import { checkoutSteps } from '@triptych/checkout/core';
import { durableFunction } from '@triptych/checkout/durable';
import { failingTask, stepTask } from '@triptych/checkout/states';
import * as adapters from '@triptych/payments/adapters';
import { createPayments } from '@triptych/payments/core';
import { dynamo, lambda } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';
import { plainFunction } from '@triptych/platform/lambda';
import { dynamoOutbox, streamOnly } from '@triptych/platform/outbox';
import { Type } from 'typebox';

// 1 config
const settings = { ...checkout.checkoutSettings, ...adapters.providerSettings };
const config = await loadConfig(Type.Object(settings));

// 2 adapters
const tools = { clock: systemClock, ids: randomIds, relay: streamOnly };
const orders = { client: dynamo(), table: config.PAYMENTS_TABLE };
const stock = { client: dynamo(), table: config.CATALOG_TABLE };
const store = adapters.dynamoPayments({ ...orders, ...tools, outbox: dynamoOutbox(orders) });
const goods = dynamoCatalog({ ...stock, ...tools, outbox: dynamoOutbox(stock) });
const provider = adapters.stripeProvider({ url: config.PROVIDER_URL, key: config.PROVIDER_KEY });
const fingerprint = adapters.canonicalFingerprint;

// 3 domain
const catalog = createReservations({ store: goods, clock: systemClock });
const payments = createPayments({ ...store, ...tools, provider, fingerprint });
const waits = checkout.dynamoWaits({ ...orders, clock: systemClock });
const deps = { catalog, payments, waits };

// 4 run
const byCallback = checkoutSteps({ ...deps, coordinator: checkout.callbackResumer(lambda()) });
const byToken = checkoutSteps({ ...deps, coordinator: failingTask });
export const durable = plainFunction(config, durableFunction(byCallback));
export const steps = plainFunction(config, stepTask(byToken));
