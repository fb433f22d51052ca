import { beforeEach, describe, expect, it } from 'vitest';
import { type CatalogStore, type Filter, type Product, type Sort, sorts } from '../core/index.ts';
import { productNamed } from './products.ts';

type Query = Filter & { sort?: Sort; limit?: number };

/** What every store of the catalog promises about finding products; part of its contract. */
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

  /** Alike in twos by name, price and age, so that ties are met. */
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
    it.each(sorts)('by %s come page by page in one order, each product once', async (sort) => {
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
    });

    it('have no next page when the last one is exactly full, and none for an unknown category', async () => {
      await store.create(productNamed('p1'));
      await store.create(productNamed('p2'));
      expect(await store.page({ sort: 'name', limit: 2 })).not.toHaveProperty('next');
      expect(await idsOf({ category: 'none' })).toEqual([]);
    });

    it('are searched for all words, and for nothing but punctuation find nothing', async () => {
      await store.create(productNamed('p1', { name: 'Café table', description: 'Solid oak.' }));
      await store.create(productNamed('p2', { name: 'Oak chair' }));
      expect(await idsOf({ words: ['oak'], sort: 'name' })).toEqual(['p1', 'p2']);
      expect(await idsOf({ words: ['cafe', 'oak'] })).toEqual(['p1']);
      expect(await idsOf({ words: ['oak', 'stool'] })).toEqual([]);
      expect(await idsOf({ words: [] })).toEqual([]);
    });

    it('show a change at once, under its new words, price and category only', async () => {
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

    it('change nothing when the product has another version by now', async () => {
      const before = productNamed('p1', { name: 'Oak table' });
      await store.create(before);
      await store.change(before, { ...before, name: 'Elm table', version: 2 });
      const late = { ...before, name: 'Ash table', version: 2 };
      expect(await store.change(before, late)).toBe('changed');
      expect(await store.remove(before, 'now')).toBe('changed');
      expect(await idsOf({ words: ['ash'] })).toEqual([]);
      expect(await idsOf({ words: ['elm'] })).toEqual(['p1']);
    });

    it('take a change of every one of forty words in one transaction', async () => {
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

    it('leave out what was removed', async () => {
      const product = productNamed('p1', { name: 'Oak table' });
      await store.create(product);
      expect(await store.remove(product, 'now')).toBe('done');
      expect(await idsOf({})).toEqual([]);
      expect(await idsOf({ words: ['oak'] })).toEqual([]);
    });
  });
}
