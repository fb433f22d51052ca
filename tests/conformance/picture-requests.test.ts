import { beforeAll, describe, expect, test } from 'vitest';
import { bytes, call } from './support/http.ts';
import { examined, postForm, presign, productWithPicture, smooth } from './support/pictures.ts';
import { adminToken, logIn, newProduct } from './support/shop.ts';
import { target } from './support/target.ts';

const preflight = (path: string, asked: Record<string, string>) =>
  call('OPTIONS', path, { headers: { origin: 'https://shop.example', ...asked } });

test.each([
  { 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
  {
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'traceparent,tracestate,x-own',
  },
  { 'access-control-request-method': 'HEAD' },
])('a preflight for a picture is answered like any other: %j', async (asked) => {
  const other = await preflight('/catalog/products', asked);
  const paths = ['/images/none/w320.webp', '/images/none/w320.auto', '/images/none/other'];
  for (const path of paths) {
    const answer = await preflight(path, asked);
    expect([path, answer.status, answer.text]).toEqual([path, 204, '']);
    const names = [...answer.headers.keys(), ...other.headers.keys()];
    for (const name of new Set(names.filter((one) => one.startsWith('access-control-')))) {
      expect([path, name, answer.headers.get(name)]).toEqual([path, name, other.headers.get(name)]);
    }
  }
});

test('a picture that was missing is served as soon as it is accepted', async (context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const { imageId, upload } = await presign(token, id);
  const paths = ['w160.jpeg', 'w320.auto'].map((name) => `/images/${imageId}/${name}`);
  const statuses = () => Promise.all(paths.map(async (path) => (await bytes(path)).status));
  expect(await statuses()).toEqual([404, 404]);
  expect((await postForm(upload, await smooth(400, 300))).status).toBe(204);
  expect(await examined(token, id)).toMatchObject({ status: 'attached' });
  expect(await statuses()).toEqual([200, 200]);
});

const account = target.admin;
describe.runIf(account !== undefined)('a request for a picture', () => {
  let path = '';
  let whole: Awaited<ReturnType<typeof bytes>>;
  beforeAll(async () => {
    const token = await logIn(account?.email ?? '', account?.password ?? '');
    path = `/images/${await productWithPicture(token, await smooth(640, 480))}/w320.jpeg`;
    whole = await bytes(path);
    expect(whole.status).toBe(200);
  });

  test('with HEAD has the headers of GET and no body', async () => {
    const head = await call('HEAD', path);
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['content-type', 'cache-control']) {
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
    }
  });

  test('ignores its query string', async () => {
    const other = await bytes(`${path}?v=2&width=9999`);
    expect([other.status, other.body.equals(whole.body)]).toEqual([200, true]);
  });

  test('with the entity tag of the picture returns 304', async () => {
    const etag = (await bytes(path)).headers.get('etag') ?? '';
    const known = await bytes(path, { 'if-none-match': `"other", ${etag}` });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    expect((await bytes(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('for a range returns that range, or the whole picture', async () => {
    const part = await bytes(path, { range: 'bytes=10-19' });
    if (part.status === 200) {
      expect(part.body.equals(whole.body)).toBe(true);
      return;
    }
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${whole.body.length}`);
    expect(part.body.equals(whole.body.subarray(10, 20))).toBe(true);
  });

  // A CDN rejects other methods itself, with 403.
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('with %s is rejected', async (method) => {
    const answer = await call(method, path);
    expect([403, 405]).toContain(answer.status);
    if (answer.status === 405) expect(answer.headers.get('allow')).toMatch(/GET.*HEAD/);
    expect((await bytes(path)).body.equals(whole.body)).toBe(true);
  });
});
