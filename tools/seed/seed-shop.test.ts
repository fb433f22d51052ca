import { describe, expect, it } from 'vitest';
import { seedProducts } from './products/index.ts';
import { type SeedProgress, seedShop } from './seed-shop.ts';
import { shopInMemory } from './testing/shop-in-memory.ts';

/** Text instead of a picture: the shop in memory looks at nothing but its size. */
const draw = async ({ id }: { id: string }) => Buffer.from(`picture of ${id}`);

const seed = (shop: ReturnType<typeof shopInMemory>, more = {}) =>
  seedShop({ baseUrl: 'http://shop.example', adminToken: 't', fetch: shop.fetch, draw, ...more });

const total = seedProducts.length;

describe('seeding', () => {
  it('fills an empty shop with products, stock and pictures, and reports each', async () => {
    const shop = shopInMemory();
    const seen: SeedProgress[] = [];
    const onProgress = (progress: SeedProgress) => seen.push(progress);
    expect(await seed(shop, { onProgress })).toEqual({ created: total, skipped: 0 });

    for (const { id, stock } of seedProducts) {
      const shelf = shop.shelves.get(id);
      expect([...(shelf?.receipts ?? [])]).toEqual(stock ? [[`seed-${id}`, stock]] : []);
      expect(shelf?.image).toEqual({ imageId: shelf?.upload?.imageId });
      expect(shelf?.upload?.bytes).toBe(`picture of ${id}`.length);
    }
    expect(seen.map(({ done, total }) => `${done}/${total}`)).toEqual(
      seedProducts.map((_, index) => `${index + 1}/${total}`),
    );
    expect([...shop.tokens]).toEqual(['Bearer t']);
  });

  it('fills it with the first few only, if that is wanted', async () => {
    const shop = shopInMemory();
    expect(await seed(shop, { products: 3 })).toEqual({ created: 3, skipped: 0 });
    expect([...shop.shelves.keys()].toSorted()).toEqual(
      seedProducts
        .slice(0, 3)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it('a full shop changes nothing', async () => {
    const shop = shopInMemory();
    await seed(shop);
    const before = JSON.stringify([...shop.shelves]);
    shop.calls.length = 0;
    expect(await seed(shop)).toEqual({ created: 0, skipped: total });
    expect(JSON.stringify([...shop.shelves])).toBe(before);
    expect(shop.calls.filter((call) => call.endsWith('/image'))).toEqual([]);
  });

  it('a third one repeats no delivery and no upload', async () => {
    const shop = shopInMemory();
    await seed(shop);
    const uploads = shop.calls.filter((call) => /POST .*image$/.test(call)).length;
    expect(uploads).toBe(total);
    const receipts = () => [...shop.shelves.values()].map((shelf) => [...shelf.receipts]);
    const before = receipts();
    await seed(shop);
    await seed(shop);
    expect(receipts()).toEqual(before);
    expect(shop.calls.filter((call) => /POST .*image$/.test(call)).length).toBe(uploads);
  });

  it('completes what an earlier one left', async () => {
    const shop = shopInMemory();
    await seed(shop);
    const [first, second] = seedProducts;
    const shelf = shop.shelves.get(first?.id ?? '');
    if (shelf) shelf.image = null;
    shop.shelves.delete(second?.id ?? '');
    expect(await seed(shop)).toEqual({ created: 2, skipped: total - 2 });
    expect(shelf?.image).not.toBeNull();
  });

  it('works on as many products at once as it is told', async () => {
    const drawing = new Set<string>();
    let most = 0;
    const slowly = async ({ id }: { id: string }) => {
      drawing.add(id);
      most = Math.max(most, drawing.size);
      await new Promise(setImmediate);
      drawing.delete(id);
      return draw({ id });
    };
    await seed(shopInMemory(), { draw: slowly, atOnce: 24 });
    expect(most).toBe(24);
  });

  it('tries again when the shop is overloaded or an answer is lost', async () => {
    const shop = shopInMemory();
    // By request, not by turn: the turns of a request and of its repetitions depend on who else waits, and the same
    // one might be struck each time.
    const met = new Map<string, number>();
    const flaky: typeof fetch = async (input, init) => {
      const request = `${init?.method} ${input} ${init?.body}`;
      const times = (met.get(request) ?? 0) + 1;
      met.set(request, times);
      const fault = times === 1 ? met.size % 7 : 0;
      if (fault === 2) throw new TypeError('fetch failed');
      const answer = await shop.fetch(input, init);
      return fault === 5 ? Response.json({ code: 'overloaded' }, { status: 503 }) : answer;
    };
    await seed(shop, { fetch: flaky });
    for (const { id } of seedProducts) expect(shop.shelves.get(id)?.image).not.toBeNull();
  });

  it('ends with what the shop said when it refuses', async () => {
    const fetchRefused: typeof fetch = async () =>
      Response.json({ code: 'forbidden' }, { status: 403 });
    await expect(seed(shopInMemory(), { fetch: fetchRefused })).rejects.toThrow(
      /answered 403: .*forbidden/,
    );
  });

  it('ends when a picture is rejected', async () => {
    await expect(seed(shopInMemory('rejected'))).rejects.toThrow('unsupported-image');
  });

  it('does not wait for ever for a picture', async () => {
    const stuck = seed(shopInMemory('pending'), { attachTimeoutMs: 50 });
    await expect(stuck).rejects.toThrow(/still pending/);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('Ctrl-C'));
    const shop = shopInMemory();
    await expect(seed(shop, { onProgress, signal: controller.signal })).rejects.toThrow('Ctrl-C');
    expect(shop.shelves.size).toBeLessThan(total);
  });
});
