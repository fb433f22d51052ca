import { commonSettings, text, url } from '@triptych/platform/config';
import { Type } from 'typebox';

/** The environment variables of the catalog. */
export const catalogSettings = Type.Object({
  ...commonSettings,
  /** Name of the table; `catalog-table.ts` documents its items. */
  CATALOG_TABLE: text(),
  /** Name of the variant's event bus. */
  EVENT_BUS: text(),
  /** The worker's queue: order events and verdicts on pictures. */
  QUEUE_URL: url(),
  /** Pictures are uploaded to it, under `uploads/`. */
  ORIGINALS_BUCKET: text(),
});
