import { catalogSettings, dynamoCatalog, s3Uploads } from '@triptych/catalog/adapters';
import { createCatalog } from '@triptych/catalog/core';
import { catalogRoutes } from '@triptych/catalog/http';
import { catalogMessages } from '@triptych/catalog/messages';
import { dynamo, eventBridge, publicS3 } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';
import { dynamoOutbox, eventBridgePublisher, streamRelay } from '@triptych/platform/outbox';
import { bearerAuth } from '@triptych/platform/tokens';

// 1 config
export const config = await loadConfig(catalogSettings);

// 2 adapters
const at = { client: dynamo(), table: config.CATALOG_TABLE };
const outbox = dynamoOutbox(at);
const publisher = eventBridgePublisher(eventBridge(), config.EVENT_BUS);
export const relay = streamRelay({ outbox, publisher });
const store = dynamoCatalog({ ...at, outbox, relay });
const uploads = s3Uploads({ client: publicS3(), bucket: config.ORIGINALS_BUCKET });

// 3 domain
const catalog = createCatalog({ store, uploads, clock: systemClock, ids: randomIds });
export const queues = [{ queueUrl: config.QUEUE_URL, handle: catalogMessages(catalog) }];
const auth = bearerAuth({ config });
const plugin = catalogRoutes({ catalog, auth });
export const service = { config, title: 'Catalog', plugin, ready: [store.ping, auth.prepare] };
