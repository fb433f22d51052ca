import { commonSettings, text } from '@triptych/platform/config';

/**
 * The settings of the coordinator's function, besides those of the payment provider. It runs the use
 * cases of both contexts, so it has both tables.
 */
export const checkoutSettings = {
  ...commonSettings,
  CATALOG_TABLE: text(),
  PAYMENTS_TABLE: text(),
};
