import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DomainEvent } from '@triptych/events';
import { eventBridge, s3, sqs } from '@triptych/platform/aws';
import { randomIds, systemClock } from '@triptych/platform/config';
import { eventBridgePublisher } from '@triptych/platform/outbox';
import { pollingLoop } from '@triptych/platform/queue';
import { currentLogger } from '@triptych/platform/telemetry';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { PATIENT } from '@triptych/platform/testing/patience';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eventAnnouncer, s3Originals, sharpProcessor } from '../adapters/index.ts';
import { createImages } from '../core/index.ts';
import { imageMessages } from './image-messages.ts';

const BUCKET = 'originals';
const BUS = 'shop';
const announced: DomainEvent[] = [];
let plane: DataPlane;
let client: S3Client;
let loops: ReturnType<typeof pollingLoop>[];

beforeAll(async () => {
  plane = await enterDataPlane();
  client = s3();
  await plane.createBucket(BUCKET);
  await plane.createBus(BUS);
  const uploads = await plane.createQueue('images');
  const verdicts = await plane.createQueue('verdicts');
  await plane.createRule({
    bus: 'default',
    pattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: 'uploads/' }] } },
    },
    queueUrl: uploads,
  });
  await plane.createRule({
    bus: BUS,
    pattern: { 'detail-type': ['image.accepted', 'image.rejected'] },
    queueUrl: verdicts,
  });
  const images = createImages({
    originals: s3Originals({ client, bucket: BUCKET }),
    processor: sharpProcessor(),
    announcer: eventAnnouncer({
      publisher: eventBridgePublisher(eventBridge(), BUS),
      clock: systemClock,
      ids: randomIds,
    }),
  });
  const logger = currentLogger();
  loops = [
    pollingLoop({
      sqs: sqs(),
      queueUrl: uploads,
      handle: imageMessages({ images, bucket: BUCKET }),
      logger,
    }),
    pollingLoop({
      sqs: sqs(),
      queueUrl: verdicts,
      handle: async ({ type, detail }) => {
        announced.push({ ...(detail as DomainEvent), type });
      },
      logger,
    }),
  ];
  for (const loop of loops) await loop.start();
});
afterAll(async () => {
  await Promise.all(loops.map((loop) => loop.stop()));
  await plane.stop();
});

const put = (Key: string, Body: Uint8Array) =>
  client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
const verdictOn = (imageId: string) =>
  vi.waitFor(() => {
    const event = announced.find(({ data }) => (data as { imageId: string }).imageId === imageId);
    if (!event) throw new Error(`no verdict on ${imageId}`);
    return event;
  }, PATIENT);

it('accepts a picture: bucket, bus, queue, verdict, announcement', async () => {
  const create = { width: 60, height: 40, channels: 3 as const, background: '#336699' };
  await put('uploads/good', await sharp({ create }).webp().toBuffer());
  expect(await verdictOn('good')).toMatchObject({
    type: 'image.accepted',
    data: { imageId: 'good', widthPx: 60, heightPx: 40, format: 'webp' },
  });
  expect(await plane.objectIn(BUCKET, 'originals/good')).toBeDefined();
  await vi.waitUntil(async () => !(await plane.objectIn(BUCKET, 'uploads/good')), PATIENT);
});

it('rejects a file that is not a picture', async () => {
  await put('uploads/bad', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  expect(await verdictOn('bad')).toMatchObject({
    type: 'image.rejected',
    data: { imageId: 'bad', code: 'unsupported-image' },
  });
  expect((await plane.objectIn(BUCKET, 'originals/bad'))?.body).toHaveLength(0);
});
