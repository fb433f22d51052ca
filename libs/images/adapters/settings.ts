import { commonSettings, text, url } from '@triptych/platform/config';
import { Type } from 'typebox';

const fields = {
  ...commonSettings,
  /** Holds `uploads/` and `originals/`. */
  ORIGINALS_BUCKET: text(),
  /** Name of the variant's event bus. */
  EVENT_BUS: text(),
  /** Where this context's messages arrive. */
  QUEUE_URL: url(),
};

/** Settings where variants are made on every request. */
export const imagesSettings = Type.Object(fields);

/** Settings where made variants are kept. */
export const imagesWithVariantsSettings = Type.Object({ ...fields, VARIANTS_BUCKET: text() });
