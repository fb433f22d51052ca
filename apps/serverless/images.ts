import {
  eventAnnouncer,
  imagesWithRenditionsSettings,
  s3Originals,
  s3RenditionLinks,
  s3Renditions,
  sharpProcessor,
} from '@triptych/images/adapters';
import { createImages } from '@triptych/images/core';
import { imageRoutes } from '@triptych/images/http';
import { imageMessages } from '@triptych/images/messages';
import { eventBridge, publicS3, s3 } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';
import { buildApp } from '@triptych/platform/http';
import { functions } from '@triptych/platform/lambda';
import { eventBridgePublisher } from '@triptych/platform/outbox';

// 1 config
const config = await loadConfig(imagesWithRenditionsSettings);

// 2 adapters
const publisher = eventBridgePublisher(eventBridge(), config.EVENT_BUS);
const announcer = eventAnnouncer({ publisher, clock: systemClock, ids: randomIds });
const originals = s3Originals({ client: s3(), bucket: config.ORIGINALS_BUCKET });
const kept = { client: s3(), bucket: config.RENDITIONS_BUCKET };
const renditions = s3Renditions(kept);
const links = s3RenditionLinks({ ...kept, client: publicS3() });
const processor = sharpProcessor();

// 3 domain
const images = createImages({ originals, renditions, processor, announcer });
const handle = imageMessages({ images, bucket: config.ORIGINALS_BUCKET });
const queues = [{ queueUrl: config.QUEUE_URL, handle }];
const plugin = imageRoutes({ images, largeRenditions: { redirectTo: links } });
const service = { config, title: 'Images', plugin, ready: [originals.ping] };

// 4 run
const app = () => buildApp(service);
export const { http, worker } = await functions({ config, app, queues });
