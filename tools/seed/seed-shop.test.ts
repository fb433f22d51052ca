import { describe, expect, it } from 'vitest';
import { seedProducts } from './products/index.ts';
import { type SeedProgress, seedShop } from './seed-shop.ts';
import { shopInMemory } from './testing/shop-in-memory.ts';

/** Text instead of a picture: the shop in memory checks only its size. */
const pictureOf = async ({ id }: { id: string }) => Buffer.from(`picture of ${id}`);

const seed = (shop: ReturnType<typeof shopInMemory>, more = {}) =>
  seedShop({
    baseUrl: 'http://shop.example',
    adminToken: 't',
    fetch: shop.fetch,
    pictureOf,
    ...more,
  });

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

  it('seeds only the first products if asked to', async () => {
    const shop = shopInMemory();
    expect(await seed(shop, { products: 3 })).toEqual({ created: 3, skipped: 0 });
    expect([...shop.shelves.keys()].toSorted()).toEqual(
      seedProducts
        .slice(0, 3)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it('changes nothing in a full shop', async () => {
    const shop = shopInMemory();
    await seed(shop);
    const before = JSON.stringify([...shop.shelves]);
    shop.calls.length = 0;
    expect(await seed(shop)).toEqual({ created: 0, skipped: total });
    expect(JSON.stringify([...shop.shelves])).toBe(before);
    expect(shop.calls.filter((call) => call.endsWith('/image'))).toEqual([]);
  });

  it('repeats no delivery and no upload in a third run', async () => {
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

  it('completes an interrupted run', async () => {
    const shop = shopInMemory();
    await seed(shop);
    const [first, second] = seedProducts;
    const shelf = shop.shelves.get(first?.id ?? '');
    if (shelf) shelf.image = null;
    shop.shelves.delete(second?.id ?? '');
    expect(await seed(shop)).toEqual({ created: 2, skipped: total - 2 });
    expect(shelf?.image).not.toBeNull();
  });

  it('seeds the given number of products at the same time', async () => {
    const underway = new Set<string>();
    let most = 0;
    const slowly = async ({ id }: { id: string }) => {
      underway.add(id);
      most = Math.max(most, underway.size);
      await new Promise(setImmediate);
      underway.delete(id);
      return pictureOf({ id });
    };
    await seed(shopInMemory(), { pictureOf: slowly, atOnce: 24 });
    expect(most).toBe(24);
  });

  it('retries when the shop is overloaded or a response is lost', async () => {
    const shop = shopInMemory();
    // Faults are chosen per request and only for its first attempt. Chosen by the order of arrival, they could hit
    // every attempt of the same request.
    const attempts = new Map<string, number>();
    const flaky: typeof fetch = async (input, init) => {
      const request = `${init?.method} ${input} ${init?.body}`;
      const attempt = (attempts.get(request) ?? 0) + 1;
      attempts.set(request, attempt);
      const fault = attempt === 1 ? attempts.size % 7 : 0;
      if (fault === 2) throw new TypeError('fetch failed');
      const answer = await shop.fetch(input, init);
      return fault === 5 ? Response.json({ code: 'overloaded' }, { status: 503 }) : answer;
    };
    await seed(shop, { fetch: flaky });
    for (const { id } of seedProducts) expect(shop.shelves.get(id)?.image).not.toBeNull();
  });

  it('fails with the response of the shop when the shop rejects a request', async () => {
    const fetchRefused: typeof fetch = async () =>
      Response.json({ code: 'forbidden' }, { status: 403 });
    await expect(seed(shopInMemory(), { fetch: fetchRefused })).rejects.toThrow(
      /answered 403: .*forbidden/,
    );
  });

  it('fails when a picture is rejected', async () => {
    await expect(seed(shopInMemory('rejected'))).rejects.toThrow('unsupported-image');
  });

  it('fails when a picture stays pending', async () => {
    const stuck = seed(shopInMemory('pending'), { attachTimeoutMs: 50 });
    await expect(stuck).rejects.toThrow(/still pending/);
  });

  it('stops when its signal is aborted', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('Ctrl-C'));
    const shop = shopInMemory();
    await expect(seed(shop, { onProgress, signal: controller.signal })).rejects.toThrow('Ctrl-C');
    expect(shop.shelves.size).toBeLessThan(total);
  });
});
