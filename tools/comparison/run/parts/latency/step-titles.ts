import type { JourneyStep } from '../../../workloads/index.ts';

/** How the report calls each step. */
export const stepTitles: Record<JourneyStep, string> = {
  browse: 'Browsing the catalog',
  picture: 'A picture',
  'log-in': 'Logging in',
  'place-order': 'Placing an order',
  'order-confirmed': 'Until the order is confirmed',
};
