import { choice, commonSettings, text, url } from '@triptych/platform/config';
import { Type } from 'typebox';

const fields = {
  ...commonSettings,
  /** Holds `uploads/` and `originals/`. */
  ORIGINALS_BUCKET: text(),
  /** Name of the variant's event bus. */
  EVENT_BUS: text(),
  /** The queue of object-created events. */
  QUEUE_URL: url(),
};

/** Settings where each rendition is made on request. */
export const imagesSettings = Type.Object(fields);

/** Settings where renditions are stored, under `images/` in a bucket. */
export const imagesWithRenditionsSettings = Type.Object({ ...fields, RENDITIONS_BUCKET: text() });

/**
 * Settings where the service itself answers with stored renditions. A response of an event function has at most 6 MB, so a
 * larger rendition is a redirect to a link. The limit of a Web Function is not documented; `stream` has not been seen on AWS.
 */
export const imagesWithLinksSettings = Type.Object({
  ...fields,
  RENDITIONS_BUCKET: text(),
  LARGE_RENDITIONS: choice(['redirect', 'stream'], { default: 'redirect' }),
});
