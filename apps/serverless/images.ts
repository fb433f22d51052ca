import {
  eventAnnouncer,
  imagesWithLinksSettings,
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
import { eventBridgePublisher } from '@triptych/platform/outbox';

// 1 config
export const config = await loadConfig(imagesWithLinksSettings);

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
export const queues = [{ queueUrl: config.QUEUE_URL, handle }];
const largeRenditions = config.LARGE_RENDITIONS === 'stream' ? 'stream' : { redirectTo: links };
const plugin = imageRoutes({ images, largeRenditions });
export const service = { config, title: 'Images', plugin, ready: [originals.ping] };
