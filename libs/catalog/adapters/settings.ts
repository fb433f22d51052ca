import { commonSettings, text, url } from '@triptych/platform/config';
import { Type } from 'typebox';

/** What the catalog reads from its environment; the README explains each. */
export const catalogSettings = Type.Object({
  ...commonSettings,
  CATALOG_TABLE: text(),
  EVENT_BUS: text(),
  QUEUE_URL: url(),
  ORIGINALS_BUCKET: text(),
});
