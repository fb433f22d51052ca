import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { productNamed } from '../testing/products.ts';
import { matches, pageOf, positionOf, SORTS, type Sort } from './listing.ts';

const product = fc
  .record({
    name: fc.string({ unit: 'grapheme', maxLength: 120 }),
    amountCents: fc.nat({ max: 99_999_999 }),
    createdAtMs: fc.nat({ max: 5 }),
  })
  .map(({ name, amountCents, createdAtMs }) => ({
    ...{ name, price: { amountCents, currency: 'usd' } },
    createdAt: new Date(createdAtMs).toISOString(),
  }));
const products = fc
  .array(product, { maxLength: 30 })
  .map((some) => some.map((one, index) => productNamed(`p${index}`, one)));

describe('a product list', () => {
  it('contains each product once, in the same order, whatever the page size', () => {
    fc.assert(
      fc.property(
        products,
        fc.constantFrom(...SORTS),
        fc.integer({ min: 1, max: 7 }),
        (all, sort, limit) => {
          const walked = [];
          let page = pageOf(all, { sort, limit });
          for (let pages = 0; pages <= 30; pages += 1) {
            walked.push(...page.items);
            if (page.next === undefined) break;
            page = pageOf(all, { sort, limit, after: page.next });
          }
          expect(walked).toEqual(pageOf(all, { sort, limit: 100 }).items);
          expect(new Set(walked).size).toBe(all.length);
        },
      ),
      { seed: 7 },
    );
  });

  it('is sorted by price or age as its sort says', () => {
    fc.assert(
      fc.property(products, (all) => {
        const by = (sort: Sort) => pageOf(all, { sort, limit: 100 }).items;
        const prices = by('price-asc').map(({ price }) => price.amountCents);
        expect(prices).toEqual(prices.toSorted((one, other) => one - other));
        expect(by('price-desc')).toEqual(by('price-asc').toReversed());
        const ages = by('newest').map(({ createdAt }) => createdAt);
        expect(ages).toEqual(ages.toSorted().toReversed());
      }),
      { seed: 7 },
    );
  });

  it('has positions that sort the same in JavaScript and as UTF-8 bytes', () => {
    fc.assert(
      fc.property(products, (all) => {
        const positions = all.map((one) => positionOf(one, 'name'));
        const inBytes = positions.toSorted((a, b) =>
          Buffer.compare(Buffer.from(a), Buffer.from(b)),
        );
        expect(positions.toSorted()).toEqual(inBytes);
      }),
      { seed: 7 },
    );
  });

  it('sorted by name ignores case and accents, and puts lamp before lampshade', () => {
    const names = ['zebra', 'Lampshade', 'Lamp 2', 'Élan', 'lamp', '2 lamps'];
    const all = names.map((name, index) => productNamed(`p${index}`, { name }));
    const sorted = pageOf(all, { sort: 'name', limit: 10 }).items.map(({ name }) => name);
    expect(sorted).toEqual(['2 lamps', 'Élan', 'lamp', 'Lamp 2', 'Lampshade', 'zebra']);
  });

  it('filtered contains the products that have the category and every word', () => {
    const oak = productNamed('p1', { name: 'Oak table', category: 'tables' });
    expect(matches(oak, {})).toBe(true);
    expect(matches(oak, { category: 'tables', words: ['oak', 'tables'] })).toBe(true);
    expect(matches(oak, { category: 'chairs' })).toBe(false);
    expect(matches(oak, { words: ['oak', 'chair'] })).toBe(false);
    expect(matches(oak, { words: [] })).toBe(false);
  });
});
