import { beforeEach, describe, expect, it } from 'vitest';
import { catalogApp, lamp } from '../testing/catalog-app.ts';

let app: Awaited<ReturnType<typeof catalogApp>>;
beforeEach(async () => {
  app = await catalogApp();
  await send('POST', '/catalog/products', lamp);
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

function send(method: Method, url: string, payload?: object, headers: object = {}) {
  const body = payload === undefined ? {} : { payload };
  return app.inject({ method, url, ...body, headers: { authorization: 'admin', ...headers } });
}

const PRODUCT = '/catalog/products/lamp';
const change = (payload: object, tag: string | undefined) =>
  send('PATCH', PRODUCT, payload, tag === undefined ? {} : { 'if-match': tag });

describe('changing a product over HTTP', () => {
  it('changes the fields sent, keeps the others, and tags each version', async () => {
    const created = await send('POST', '/catalog/products', { ...lamp, id: 'other' });
    expect(created.headers.etag).toMatch(/^"1-[0-9a-f]{16}"$/);
    const read = await send('GET', PRODUCT);
    expect(read.headers.etag).toMatch(/^"1-/);
    const price = { amountCents: 500, currency: 'usd' };
    const changed = await change({ price }, String(read.headers.etag));
    expect([changed.statusCode, changed.headers.etag]).toEqual([
      200,
      expect.stringMatching(/^"2-/),
    ]);
    expect(changed.json()).toMatchObject({ ...lamp, price, version: 2 });
    expect((await send('GET', PRODUCT)).json()).toEqual(changed.json());
    expect((await change({ name: 'Other lamp' }, 'W/"2"')).statusCode).toBe(200);
  });

  it('warns about a price that is too small for an order of one', async () => {
    const price = { amountCents: 49, currency: 'usd' };
    const warnings = [expect.objectContaining({ code: 'price-below-minimum-charge' })];
    const created = await send('POST', '/catalog/products', { ...lamp, id: 'pin', price });
    expect([created.statusCode, created.json().warnings]).toEqual([201, warnings]);
    const changed = await change({ price }, '"1"');
    expect([changed.statusCode, changed.json().warnings]).toEqual([200, warnings]);
    expect((await send('GET', PRODUCT)).json()).not.toHaveProperty('warnings');
    const raised = await change({ price: { amountCents: 50, currency: 'usd' } }, '"2"');
    expect(raised.json()).not.toHaveProperty('warnings');
  });

  it('rejects a stale version', async () => {
    await change({ name: 'First' }, '"1"');
    const late = await change({ name: 'Second' }, '"1"');
    expect(late.json()).toMatchObject({ status: 409, code: 'version-conflict' });
    expect((await send('GET', PRODUCT)).json()).toMatchObject({ name: 'First' });
  });

  it.each([undefined, '1', '"one"', '*', '"0"'])(
    'rejects If-Match %s and names the header',
    async (tag) => {
      const answer = await change({ name: 'New' }, tag);
      expect(answer.json()).toMatchObject({ status: 400, code: 'validation' });
      expect(answer.json().errors).toEqual([expect.objectContaining({ path: '/if-match' })]);
    },
  );

  it.each([
    [{ available: 5 }, '/available'],
    [{ id: 'mine' }, '/id'],
    [{ price: { amountCents: 0, currency: 'usd' } }, '/price/amountCents'],
    [{}, ''],
  ])('rejects the change %j', async (body, path) => {
    const answer = await change(body, '"1"');
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toContainEqual(expect.objectContaining({ path }));
  });

  it('returns 404 for changing or deleting an unknown product', async () => {
    const other = '/catalog/products/other';
    const changed = await send('PATCH', other, { name: 'New' }, { 'if-match': '"1"' });
    expect([changed.statusCode, (await send('DELETE', other)).statusCode]).toEqual([404, 404]);
  });
});

describe('deleting a product over HTTP', () => {
  it('removes it from the product page, search, categories and stock', async () => {
    const deleted = await send('DELETE', PRODUCT);
    expect([deleted.statusCode, deleted.body]).toEqual([204, '']);
    expect((await send('GET', PRODUCT)).json()).toMatchObject({ status: 404, code: 'not-found' });
    expect((await send('GET', '/catalog/products?q=lamp')).json().items).toEqual([]);
    expect((await send('GET', '/catalog/categories')).json().items).toEqual([]);
    const stock = await send('POST', `${PRODUCT}/stock`, { receiptId: 'r1', quantity: 1 });
    expect(stock.statusCode).toBe(404);
    expect((await send('DELETE', PRODUCT)).statusCode).toBe(404);
  });

  it('deletes only the version in If-Match, if given', async () => {
    await change({ name: 'New' }, '"1"');
    const stale = await send('DELETE', PRODUCT, undefined, { 'if-match': '"1"' });
    expect(stale.json()).toMatchObject({ status: 409, code: 'version-conflict' });
    const fresh = await send('DELETE', PRODUCT, undefined, { 'if-match': '"2"' });
    expect(fresh.statusCode).toBe(204);
  });
});

describe('adjusting stock over HTTP', () => {
  const book = (receiptId: string, quantity: number) =>
    send('POST', `${PRODUCT}/stock`, { receiptId, quantity });

  it('subtracts an adjustment, but never more than is available', async () => {
    await book('r1', 5);
    const less = { received: 5, adjustments: -2, available: 3, held: 0, sold: 0 };
    expect((await book('r2', -2)).json()).toEqual({ productId: 'lamp', ...less });
    expect((await book('r2', -2)).json()).toEqual({ productId: 'lamp', ...less });
    expect((await book('r3', -4)).json()).toMatchObject({ status: 409, code: 'stock-negative' });
    expect((await send('GET', PRODUCT)).json()).toMatchObject({ available: 3 });
  });

  it.each([0, 1.5, 1e308, 2 ** 53, -1_000_001])('rejects a quantity of %d', async (quantity) => {
    const answer = await book('r1', quantity);
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation' });
    expect(answer.json().errors).toEqual([expect.objectContaining({ path: '/quantity' })]);
  });
});

describe('finding products over HTTP', () => {
  const ids = async (query: string) =>
    (await send('GET', `/catalog/products?${query}`))
      .json()
      .items.map(({ id }: { id: string }) => id);

  beforeEach(async () => {
    const price = { amountCents: 100, currency: 'usd' };
    await send('POST', '/catalog/products', { ...lamp, id: 'cafe', name: 'Café Lamp', price });
    await send('POST', '/catalog/products', {
      ...lamp,
      id: 'desk',
      name: 'Desk',
      category: 'desks',
    });
  });

  it('searches one category or all, ignoring case and accents', async () => {
    expect(await ids('q=LAMP%20caf%C3%A9')).toEqual(['cafe']);
    expect(await ids('q=light&category=desks')).toEqual(['desk']);
    expect(await ids('q=nothing')).toEqual([]);
    expect(await ids('q=!')).toEqual([]);
  });

  it.each([
    ['price-asc', ['cafe', 'desk', 'lamp']],
    ['price-desc', ['lamp', 'desk', 'cafe']],
    ['name', ['cafe', 'desk', 'lamp']],
  ])('sorts by %s', async (sort, expected) => {
    expect(await ids(`sort=${sort}`)).toEqual(expected);
  });

  it.each(['sort=cheapest', 'q=', `q=${'x'.repeat(101)}`])('rejects %s', async (query) => {
    const answer = await send('GET', `/catalog/products?${query}`);
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation' });
  });

  it('accepts a cursor only with its own filter and sort', async () => {
    const page = await send('GET', '/catalog/products?q=lamp&sort=name&limit=1');
    const cursor = `limit=1&cursor=${page.json().nextCursor}`;
    expect(await ids(`q=Lamp&sort=name&${cursor}`)).toEqual(['lamp']);
    for (const other of ['q=lamp&sort=newest', 'q=light&sort=name', 'sort=name']) {
      const answer = await send('GET', `/catalog/products?${other}&${cursor}`);
      expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-cursor' });
    }
  });
});

describe('every administrative route', () => {
  const routes: [Method, string][] = [
    ['POST', '/catalog/products'],
    ['PATCH', PRODUCT],
    ['DELETE', PRODUCT],
    ['POST', `${PRODUCT}/stock`],
    ['POST', `${PRODUCT}/image`],
    ['GET', `${PRODUCT}/image`],
  ];

  it.each(routes)(
    '%s %s rejects other callers before it validates anything',
    async (method, url) => {
      const answer = await send(method, url, undefined, { authorization: 'customer' });
      expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
    },
  );

  const attacks = [
    '..%2f..%2fetc',
    '%2e%2e%2f',
    '%00',
    'a%2fb',
    '%c0%ae%c0%ae',
    '..;',
    'x'.repeat(65),
  ];
  it.each(attacks)('and the public product route reject the id %s', async (id) => {
    for (const [method, url] of [...routes, ['GET', PRODUCT] as const]) {
      if (!url.startsWith(PRODUCT)) continue;
      const answer = await send(method, url.replace('/lamp', `/${id}`), {}, { 'if-match': '"1"' });
      expect([400, 404]).toContain(answer.statusCode);
    }
  });
});
