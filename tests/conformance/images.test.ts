import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem } from './support/expect-problem.ts';
import { bytes, call } from './support/http.ts';
import { noisy, productWithPicture, smooth } from './support/pictures.ts';
import { logIn } from './support/shop.ts';
import { target } from './support/target.ts';

const widths = [160, 320, 640, 960, 1280, 1920, 2560];
// sharp reports AVIF under the name of its container.
const decodedAs = { avif: 'heif', webp: 'webp', jpeg: 'jpeg' } as const;
const mime = (format: string) => `image/${format}`;

const account = target.admin;
describe.runIf(account !== undefined)('pictures', () => {
  let picture = '';
  let large = '';
  beforeAll(async () => {
    const token = await logIn(account?.email ?? '', account?.password ?? '');
    picture = await productWithPicture(token, await smooth(2600, 650));
    large = await productWithPicture(token, await noisy(2560, 4200));
  });

  describe.each(widths)('%i pixels wide', (width) => {
    test.each(['avif', 'webp', 'jpeg'] as const)('as %s', async (format) => {
      const answer = await bytes(`/images/${picture}/w${width}.${format}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(mime(format));
      expect(answer.headers.get('cache-control')).toContain('immutable');
      const decoded = await sharp(answer.body).metadata();
      expect(decoded).toMatchObject({ format: decodedAs[format], width });
      expect(Math.abs((decoded.height ?? 0) - width / 4)).toBeLessThanOrEqual(1);
    });
  });

  test("a rendition above a function's response limit arrives complete", async () => {
    const answer = await bytes(`/images/${large}/w2560.jpeg`);
    expect(answer.status).toBe(200);
    expect(answer.body.length).toBeGreaterThan(4_500_000);
    expect(await sharp(answer.body).metadata()).toMatchObject({ format: 'jpeg', width: 2560 });
  });

  test.each([
    ['image/avif,image/webp,*/*', 'avif'],
    ['image/webp,*/*', 'webp'],
    ['image/*', 'jpeg'],
  ])('auto with Accept: %s returns %s', async (accept, format) => {
    const answer = await bytes(`/images/${picture}/w320.auto`, { accept });
    expect(answer.headers.get('content-type')).toBe(mime(format));
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('accept');
  });

  test.each(['w161.jpeg', 'w0.webp', 'w99999.avif', 'w160.gif', 'w160.svg'])(
    'rejects %s',
    async (name) => {
      expectProblem(await call('GET', `/images/${picture}/${name}`), 400, 'unsupported-variant');
    },
  );

  test('an unknown image returns 404', async () => {
    expectProblem(await call('GET', '/images/no-such-image/w160.jpeg'), 404, 'not-found');
  });

  test('other sites may embed pictures', async () => {
    const answer = await bytes(`/images/${picture}/w160.webp`, { origin: 'https://shop.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBeTruthy();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
