import { beforeEach, describe, expect, it } from 'vitest';
import { catalogApp, lamp } from '../testing/catalog-app.ts';

let app: Awaited<ReturnType<typeof catalogApp>>;
beforeEach(async () => {
  app = await catalogApp();
});

function post(url: string, payload: object, authorization = 'admin') {
  return app.inject({ method: 'POST', url, payload, headers: { authorization } });
}

describe('catalog over HTTP', () => {
  it('creates a product and shows customers only its available units', async () => {
    const created = await post('/catalog/products', lamp);
    expect(created.statusCode).toBe(201);
    expect(created.headers.location).toBe('/catalog/products/lamp');
    const shown = await app.inject('/catalog/products/lamp');
    expect(shown.json()).toEqual({
      ...lamp,
      available: 0,
      image: null,
      version: 1,
      createdAt: '2026-02-01T12:00:00.000Z',
      updatedAt: '2026-02-01T12:00:00.000Z',
    });
    expect((await post('/catalog/products', lamp)).json()).toMatchObject({
      status: 409,
      code: 'already-exists',
    });
  });

  it.each([
    [{ ...lamp, stock: 5 }, '/stock'],
    [{ ...lamp, price: { amountCents: 0, currency: 'usd' } }, '/price/amountCents'],
    [{ ...lamp, price: { amountCents: 5, currency: 'eur' } }, '/price/currency'],
    [{ ...lamp, category: 'Lamps!' }, '/category'],
    [{ ...lamp, id: 'a/b' }, '/id'],
  ])('rejects %j and names the field', async (body, path) => {
    const answer = await post('/catalog/products', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toContainEqual(expect.objectContaining({ path }));
  });

  it('books stock once per receipt', async () => {
    await post('/catalog/products', lamp);
    const receipt = { receiptId: 'r1', quantity: 4 };
    const answer = await post('/catalog/products/lamp/stock', receipt);
    const stock = {
      ...{ productId: 'lamp', received: 4, adjustments: 0 },
      ...{ available: 4, held: 0, sold: 0 },
    };
    expect(answer.json()).toEqual(stock);
    expect((await post('/catalog/products/lamp/stock', receipt)).json()).toEqual(stock);
    const other = await post('/catalog/products/lamp/stock', { ...receipt, quantity: 5 });
    expect(other.json()).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  });

  it('issues tickets for supported types only, and reports the state of an upload', async () => {
    await post('/catalog/products', lamp);
    const unsupported = await post('/catalog/products/lamp/image', {
      contentType: 'image/svg+xml',
    });
    expect(unsupported.statusCode).toBe(400);
    const started = await post('/catalog/products/lamp/image', { contentType: 'image/webp' });
    expect(started.statusCode).toBe(201);
    const state = await app.inject({
      url: '/catalog/products/lamp/image',
      headers: { authorization: 'admin' },
    });
    expect(state.json()).toEqual({ imageId: started.json().imageId, status: 'pending' });
  });

  it.each([
    ['IMAGE/AVIF', 'image/avif'],
    ['image/jpeg; charset=binary', 'image/jpeg'],
    ['Image/PNG ;x="a;b"', 'image/png'],
    ['image/jpg', 'image/jpeg'],
    ['image/pjpeg', 'image/jpeg'],
    ['image/x-png', 'image/png'],
  ])('issues a ticket for %s, with the content type %s', async (contentType, normalised) => {
    await post('/catalog/products', lamp);
    const answer = await post('/catalog/products/lamp/image', { contentType });
    expect(answer.statusCode).toBe(201);
    expect(answer.json().upload.fields['Content-Type']).toBe(normalised);
  });

  it.each(['image/jpegx', 'image', 'x; image/png', ' ', 'image/', 'constructor', '__proto__'])(
    'issues no ticket for %j',
    async (contentType) => {
      const answer = await post('/catalog/products/lamp/image', { contentType });
      expect(answer.json()).toMatchObject({
        status: 400,
        code: 'validation',
        errors: [{ path: '/contentType', message: expect.stringContaining('image/avif') }],
      });
    },
  );

  it('lists products in pages and rejects a cursor of another filter', async () => {
    for (const id of ['a', 'b', 'c']) await post('/catalog/products', { ...lamp, id });
    const first = (await app.inject('/catalog/products?category=lamps&limit=2')).json();
    expect(first.items).toHaveLength(2);
    const next = `/catalog/products?limit=2&cursor=${first.nextCursor}`;
    const second = (await app.inject(`${next}&category=lamps`)).json();
    expect(second.items).toHaveLength(1);
    expect(second.nextCursor).toBeNull();
    expect((await app.inject(next)).json()).toMatchObject({ status: 400, code: 'invalid-cursor' });
    expect((await app.inject('/catalog/categories')).json()).toEqual({
      items: [{ slug: 'lamps', name: 'Lamps', products: 3 }],
    });
  });

  it('restricts administrative routes to administrators', async () => {
    const answers = await Promise.all([
      post('/catalog/products', lamp, 'customer'),
      post('/catalog/products/lamp/stock', { receiptId: 'r', quantity: 1 }, 'customer'),
      post('/catalog/products/lamp/image', { contentType: 'image/png' }, 'customer'),
      app.inject('/catalog/products/lamp/image'),
    ]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([403, 403, 403, 403]);
  });

  it('checks the role before the body', async () => {
    const answer = await post('/catalog/products', { no: 'product' }, 'customer');
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
  });

  it('publishes an OpenAPI document', async () => {
    const { paths } = (await app.inject('/catalog/openapi.json')).json();
    expect(Object.keys(paths)).toContain('/catalog/products/{id}/stock');
  });
});
