import { commonSettings, secret, text, url } from '@triptych/platform/config';
import { Type } from 'typebox';

/** What auth reads from its environment; the README explains each. */
export const authSettings = Type.Object({
  ...commonSettings,
  AUTH_TABLE: text(),
  QUEUE_URL: url(),
  KEY_ENCRYPTION_KEY: secret(),
});
