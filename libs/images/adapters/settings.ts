import { commonSettings, text, url } from '@triptych/platform/config';
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
