import { type MessageHandler, routeMessages } from '@triptych/platform/queue';
import { currentLogger } from '@triptych/platform/telemetry';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Images } from '../core/index.ts';

/**
 * The fields used of S3's event as EventBridge delivers it. The keys in it are not URL-encoded.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const ObjectCreated = Type.Object({
  bucket: Type.Object({ name: Type.String() }),
  object: Type.Object({ key: Type.String() }),
});

const UPLOAD_KEY = /^uploads\/([A-Za-z0-9_-]{1,64})$/;

/**
 * Handles the messages of the images queue: an object was created. Messages about objects that are
 * not uploads are dropped (originals are in the same bucket). A malformed message throws, and ends
 * in the dead-letter queue.
 */
export function imageMessages(images: Pick<Images, 'acceptUpload'>): MessageHandler {
  return routeMessages({
    'Object Created': async ({ detail }) => {
      if (!Value.Check(ObjectCreated, detail)) throw new Error('not an "Object Created" detail');
      const imageId = UPLOAD_KEY.exec(detail.object.key)?.[1];
      if (imageId === undefined) return;
      const outcome = await images.acceptUpload(imageId);
      currentLogger().info({ imageId, outcome }, 'upload judged');
    },
  });
}
