import { type MessageHandler, routeMessages } from '@triptych/platform/queue';
import { currentLogger } from '@triptych/platform/telemetry';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Images } from '../core/index.ts';

/**
 * The part we read of S3's event, as EventBridge delivers it; keys are not URL-encoded there.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const ObjectCreated = Type.Object({
  bucket: Type.Object({ name: Type.String() }),
  object: Type.Object({ key: Type.String() }),
});

const uploadKey = /^uploads\/([A-Za-z0-9_-]{1,64})$/;

/**
 * Messages of the images queue: an upload has arrived. Other objects (originals land in the same
 * bucket) are dropped; a message of another shape throws and ends in the dead-letter queue.
 */
export function imageMessages(images: Pick<Images, 'acceptUpload'>): MessageHandler {
  return routeMessages({
    'Object Created': async ({ detail }) => {
      if (!Value.Check(ObjectCreated, detail)) throw new Error('not an "Object Created" detail');
      const imageId = uploadKey.exec(detail.object.key)?.[1];
      if (imageId === undefined) return;
      const outcome = await images.acceptUpload(imageId);
      currentLogger().info({ imageId, outcome }, 'upload judged');
    },
  });
}
