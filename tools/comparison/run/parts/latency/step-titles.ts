import type { JourneyStep } from '../../../workloads/index.ts';

/** The title of each step in the report. */
export const STEP_TITLES: Record<JourneyStep, string> = {
  browse: 'Browsing the catalog',
  picture: 'Fetching a picture',
  'log-in': 'Logging in',
  'place-order': 'Placing an order',
  'order-confirmed': 'Order confirmed',
};
