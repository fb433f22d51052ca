import {
  eventAnnouncer,
  imagesSettings,
  s3Originals,
  sharpProcessor,
} from '@triptych/images/adapters';
import { createImages } from '@triptych/images/core';
import { imageRoutes } from '@triptych/images/http';
import { imageMessages } from '@triptych/images/messages';
import { eventBridge, s3, sqs } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';
import { runContainer } from '@triptych/platform/container';
import { buildApp } from '@triptych/platform/http';
import { eventBridgePublisher } from '@triptych/platform/outbox';
import { pollingLoop } from '@triptych/platform/queue';

// 1 config
const config = await loadConfig(imagesSettings);

// 2 adapters
const publisher = eventBridgePublisher(eventBridge(), config.EVENT_BUS);
const announcer = eventAnnouncer({ publisher, clock: systemClock, ids: randomIds });
const originals = s3Originals({ client: s3(), bucket: config.ORIGINALS_BUCKET });
const processor = sharpProcessor();

// 3 domain
const images = createImages({ originals, processor, announcer });
const handle = imageMessages({ images, bucket: config.ORIGINALS_BUCKET });
const queues = [{ queueUrl: config.QUEUE_URL, handle }];
const plugin = imageRoutes({ images, largeRenditions: 'stream' });
const service = { config, title: 'Images', plugin, ready: [originals.ping] };

// 4 run
const loops = queues.map((queue) => pollingLoop({ sqs: sqs(), ...queue }));
const app = await buildApp({ ...service, pressure: true });
await runContainer({ config, app, loops });
