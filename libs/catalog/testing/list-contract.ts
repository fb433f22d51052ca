import { beforeEach, describe, expect, it } from 'vitest';
import { type CatalogStore, type Filter, type Product, SORTS, type Sort } from '../core/index.ts';
import { productNamed } from './products.ts';

type Query = Filter & { sort?: Sort; limit?: number };

/** The part of the store's contract about product lists and search. */
export function listContract(name: string, open: () => Promise<{ store: CatalogStore }>): void {
  let store: CatalogStore;
  beforeEach(async () => {
    ({ store } = await open());
  });

  async function idsOf({ sort = 'newest', limit = 100, ...filter }: Query): Promise<string[]> {
    const ids: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 20; pages += 1) {
      const from = after === undefined ? {} : { after };
      const page = await store.page({ sort, limit, ...filter, ...from });
      ids.push(...page.products.map((product) => product.id));
      after = page.next;
      if (after === undefined) return ids;
    }
    throw new Error('the list does not end');
  }

  /** Eleven products. Several share a name, a price or an age, so that every sort has ties. */
  async function createEleven() {
    for (let index = 0; index < 11; index += 1) {
      await store.create(
        productNamed(`p${index}`, {
          name: ['Lamp', 'Lamp 2', 'Lampshade', 'Élan', 'zebra'][index % 5] ?? '',
          category: index % 2 === 0 ? 'lamps' : 'lamps-old',
          price: { amountCents: [5, 900, 10_000][index % 3] ?? 0, currency: 'usd' },
          createdAt: `2026-01-01T00:00:0${index % 4}.000Z`,
        }),
      );
    }
  }

  describe(`product lists in ${name}`, () => {
    it.each(SORTS)(
      'sorted by %s are the same whatever the page size, and contain each product once',
      async (sort) => {
        await createEleven();
        const all = await idsOf({ sort });
        expect(all).toHaveLength(11);
        expect(await idsOf({ sort, limit: 3 })).toEqual(all);
        const even = all.filter((id) => Number(id.slice(1)) % 2 === 0);
        expect(await idsOf({ sort, limit: 2, category: 'lamps' })).toEqual(even);
        expect(await idsOf({ sort, limit: 2, category: 'lamps', words: ['name'] })).toEqual([]);
        const found = await idsOf({ sort, limit: 2, category: 'lamps', words: ['lamps', 'lamp'] });
        const lamps = even.filter((id) => Number(id.slice(1)) % 5 < 2);
        expect(found).toEqual(lamps);
      },
    );

    it('end after a full last page, and are empty for an unknown category', async () => {
      await store.create(productNamed('p1'));
      await store.create(productNamed('p2'));
      expect(await store.page({ sort: 'name', limit: 2 })).not.toHaveProperty('next');
      expect(await idsOf({ category: 'none' })).toEqual([]);
    });

    it('find the products that have all words, and nothing without words', async () => {
      await store.create(productNamed('p1', { name: 'Café table', description: 'Solid oak.' }));
      await store.create(productNamed('p2', { name: 'Oak chair' }));
      expect(await idsOf({ words: ['oak'], sort: 'name' })).toEqual(['p1', 'p2']);
      expect(await idsOf({ words: ['cafe', 'oak'] })).toEqual(['p1']);
      expect(await idsOf({ words: ['oak', 'stool'] })).toEqual([]);
      expect(await idsOf({ words: [] })).toEqual([]);
    });

    it('show a change at once, and only under its new words, price and category', async () => {
      const before = productNamed('p1', { name: 'Oak table', available: 3 });
      const changed = {
        ...before,
        name: 'Elm table',
        category: 'tables',
        price: { amountCents: 5, currency: 'usd' },
        version: 2,
      };
      await store.create(before);
      await store.create(productNamed('p2', { name: 'Oak chair', category: 'tables' }));
      expect(await store.change(before, changed)).toBe('done');
      expect(await store.find('p1')).toEqual(changed);
      expect(await idsOf({ words: ['oak'] })).toEqual(['p2']);
      expect(await idsOf({ words: ['elm', 'table'], category: 'tables' })).toEqual(['p1']);
      expect(await idsOf({ category: 'lamps' })).toEqual([]);
      expect(await idsOf({ category: 'tables', sort: 'price-asc' })).toEqual(['p1', 'p2']);
      expect(await idsOf({ sort: 'name' })).toEqual(['p1', 'p2']);
      expect(await store.categories()).toEqual([{ slug: 'tables', name: 'Tables', products: 2 }]);
    });

    it('are not changed by a stale version', async () => {
      const before = productNamed('p1', { name: 'Oak table' });
      await store.create(before);
      await store.change(before, { ...before, name: 'Elm table', version: 2 });
      const late = { ...before, name: 'Ash table', version: 2 };
      expect(await store.change(before, late)).toBe('changed');
      expect(await store.remove(before, 'now')).toBe('changed');
      expect(await idsOf({ words: ['ash'] })).toEqual([]);
      expect(await idsOf({ words: ['elm'] })).toEqual(['p1']);
    });

    it('can change all forty words of a product in one transaction', async () => {
      const wordy = (letter: string): Partial<Product> => ({
        name: Array.from({ length: 30 }, (_, index) => `${letter}${index}`).join(' '),
        description: Array.from({ length: 30 }, (_, index) => `${letter}x${index}`).join(' '),
        category: `of-${letter}`,
        price: { amountCents: letter.charCodeAt(0), currency: 'usd' },
      });
      const before = productNamed('p1', wordy('a'));
      await store.create(before);
      expect(await store.change(before, { ...before, ...wordy('b'), version: 2 })).toBe('done');
      expect(await idsOf({ words: ['b0', 'bx2'] })).toEqual(['p1']);
      expect(await idsOf({ words: ['a0'] })).toEqual([]);
    });

    it('omit removed products', async () => {
      const product = productNamed('p1', { name: 'Oak table' });
      await store.create(product);
      expect(await store.remove(product, 'now')).toBe('done');
      expect(await idsOf({})).toEqual([]);
      expect(await idsOf({ words: ['oak'] })).toEqual([]);
    });
  });
}
