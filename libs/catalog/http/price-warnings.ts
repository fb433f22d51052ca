import { chargeLimits } from '@triptych/events';
import type { Price } from '../core/index.ts';

/** A hint about accepted data that may not do what the administrator expects. */
export interface Warning {
  readonly code: 'price-below-minimum-charge';
  readonly detail: string;
}

/**
 * Warnings about a price. One below the smallest amount that can be charged is allowed, because an
 * order may have more units or other products.
 */
export function priceWarnings({ amountCents, currency }: Price): readonly Warning[] {
  const { minCents } = chargeLimits(currency);
  if (amountCents >= minCents) return [];
  const units = Math.ceil(minCents / amountCents);
  const detail =
    `An order must cost at least ${minCents} (${currency}, minor units). ` +
    `Customers can only buy ${units} or more of this product, or buy it together with others.`;
  return [{ code: 'price-below-minimum-charge', detail }];
}
