import {
  InvalidMessageError,
  type MessageHandler,
  onMessageFrom,
  routeMessages,
} from '@triptych/platform/queue';
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

const OBJECT_CREATED = 'Object Created';
const UPLOADS = 'uploads/';
const IMAGE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Handles the messages of the images queue: an object was created. Messages about objects outside
 * `uploads/` are dropped (originals are in the same bucket). A malformed message, or an upload that
 * does not name an image, throws and ends in the dead-letter queue.
 */
export function imageMessages(images: Pick<Images, 'acceptUpload'>): MessageHandler {
  const judge: MessageHandler = async ({ detail }) => {
    if (!Value.Check(ObjectCreated, detail)) {
      throw new InvalidMessageError(OBJECT_CREATED, 'detail has no bucket name or object key');
    }
    const { key } = detail.object;
    if (!key.startsWith(UPLOADS)) return;
    const imageId = key.slice(UPLOADS.length);
    if (!IMAGE_ID.test(imageId)) {
      throw new InvalidMessageError(OBJECT_CREATED, `"${imageId}" is not an image id`);
    }
    const outcome = await images.acceptUpload(imageId);
    currentLogger().info({ imageId, outcome }, 'upload judged');
  };
  return routeMessages([onMessageFrom('aws.s3', OBJECT_CREATED, judge)]);
}
