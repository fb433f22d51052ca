import { Id } from '@triptych/events';
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

/**
 * Handles the messages of the images queue: an upload was created. The rule of the bus delivers only objects under
 * `uploads/` in the bucket of originals. A message about any other bucket or key, or a key that does not name an image,
 * is a poison message.
 * @param options.bucket name of the bucket of originals
 * @throws InvalidMessageError (from the returned handler) for a poison message
 */
export function imageMessages(options: {
  images: Pick<Images, 'acceptUpload'>;
  bucket: string;
}): MessageHandler {
  const { images, bucket } = options;
  const judge: MessageHandler = async ({ detail }) => {
    const imageId = uploadedImage(detail, bucket);
    const outcome = await images.acceptUpload(imageId);
    currentLogger().info({ imageId, outcome }, 'upload judged');
  };
  return routeMessages([onMessageFrom('aws.s3', OBJECT_CREATED, judge)]);
}

/** The id of the uploaded image. @throws InvalidMessageError when the detail is not about an upload of this shop */
function uploadedImage(detail: unknown, bucket: string): string {
  const invalid = (reason: string) => new InvalidMessageError(OBJECT_CREATED, reason);
  if (!Value.Check(ObjectCreated, detail)) throw invalid('detail has no bucket name or object key');
  const { name } = detail.bucket;
  if (name !== bucket) throw invalid(`the bucket is "${name}" instead of "${bucket}"`);
  const { key } = detail.object;
  const imageId = key.slice(UPLOADS.length);
  if (!key.startsWith(UPLOADS) || !Value.Check(Id, imageId)) {
    throw invalid(`"${key}" is not the key of an upload`);
  }
  return imageId;
}
