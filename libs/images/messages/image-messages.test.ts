import { InvalidMessageError, toQueueMessage } from '@triptych/platform/queue';
import { describe, expect, it } from 'vitest';
import { imageMessages } from './image-messages.ts';

const BUCKET = 'pictures';

/** The message of an S3 event that EventBridge delivers to the queue. */
function objectCreated(key: string, bucket = BUCKET) {
  const detail = { bucket: { name: bucket }, object: { key } };
  const body = JSON.stringify({ 'detail-type': 'Object Created', source: 'aws.s3', detail });
  return toQueueMessage({ id: 'm1', body, attributes: { ApproximateReceiveCount: '1' } });
}

function recordingHandler() {
  const judged: string[] = [];
  const acceptUpload = async (imageId: string) => {
    judged.push(imageId);
    return 'accepted' as const;
  };
  const handle = imageMessages({ images: { acceptUpload }, bucket: BUCKET });
  return { judged, handle };
}

describe('messages of the images queue', () => {
  it('pass an upload to the use case', async () => {
    const { judged, handle } = recordingHandler();
    await handle(objectCreated('uploads/i_1-A'));
    expect(judged).toEqual(['i_1-A']);
  });

  it.each([
    'originals/i1',
    'x/uploads/i1',
    'uploads%2Fi1',
    'Uploads/i1',
    'upload/i1',
    '/uploads/i1',
    'uploads',
    '',
  ])('about the object %j, which the rule does not deliver, are poison messages', async (key) => {
    const { judged, handle } = recordingHandler();
    await expect(handle(objectCreated(key))).rejects.toThrow(InvalidMessageError);
    expect(judged).toEqual([]);
  });

  it.each(['other', 'Pictures', ''])(
    'about an upload to the bucket %j are poison messages',
    async (bucket) => {
      const { judged, handle } = recordingHandler();
      await expect(handle(objectCreated('uploads/i1', bucket))).rejects.toThrow(
        InvalidMessageError,
      );
      expect(judged).toEqual([]);
    },
  );

  it.each(['uploads/', 'uploads/a/b', 'uploads/a.b', `uploads/${'x'.repeat(65)}`])(
    'about the upload %s, which does not name an image, are poison messages',
    async (key) => {
      const { judged, handle } = recordingHandler();
      await expect(handle(objectCreated(key))).rejects.toThrow(InvalidMessageError);
      expect(judged).toEqual([]);
    },
  );

  it.each([
    ['not JSON', 'not json'],
    ["S3's test event", '{"Service":"Amazon S3","Event":"s3:TestEvent"}'],
    [
      "S3's own notification",
      '{"Records":[{"eventSource":"aws:s3","s3":{"object":{"key":"uploads/i1"}}}]}',
    ],
    [
      'of another type',
      '{"detail-type":"Object Deleted","source":"aws.s3","detail":{"object":{"key":"uploads/i1"}}}',
    ],
    [
      'from another source',
      '{"detail-type":"Object Created","source":"s3","detail":{"object":{"key":"uploads/i1"}}}',
    ],
    [
      'without a bucket',
      '{"detail-type":"Object Created","source":"aws.s3","detail":{"object":{}}}',
    ],
  ])('that are %s are poison messages', async (_what, body) => {
    const { judged, handle } = recordingHandler();
    const received = toQueueMessage({ id: 'm1', body, attributes: {} });
    await expect(handle(received)).rejects.toThrow(InvalidMessageError);
    expect(judged).toEqual([]);
  });

  it('throw if the use case throws, and so are redelivered', async () => {
    const acceptUpload = () => Promise.reject(new Error('bus is away'));
    const handle = imageMessages({ images: { acceptUpload }, bucket: BUCKET });
    await expect(handle(objectCreated('uploads/i1'))).rejects.toThrow('bus is away');
  });
});
