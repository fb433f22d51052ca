import { expect, it } from 'vitest';
import { priceWarnings } from './price-warnings.ts';

it.each([
  [1, 'usd', '50 or more'],
  [20, 'usd', '3 or more'],
  [49, 'usd', '2 or more'],
  [29, 'gbp', '2 or more'],
])(
  'a price of %d %s has a warning that says how many can be bought',
  (amountCents, currency, units) => {
    expect(priceWarnings({ amountCents, currency })).toEqual([
      { code: 'price-below-minimum-charge', detail: expect.stringContaining(units) },
    ]);
  },
);

it.each([
  [50, 'usd'],
  [30, 'gbp'],
])('a price of %d %s has no warning', (amountCents, currency) => {
  expect(priceWarnings({ amountCents, currency })).toEqual([]);
});
