import sharp from 'sharp';
import { expect, test } from 'vitest';
import { adminToken } from './support/accounts.ts';
import { coded, still } from './support/bad-pictures.ts';
import { bytes, call } from './support/http.ts';
import { productWithPicture, smooth } from './support/pictures.ts';
import { newProduct } from './support/shop.ts';

/** Unusual files that every browser shows. */
const unusual: Record<string, () => Promise<Uint8Array>> = {
  'a JPEG without its end marker': async () => (await still('jpeg')).subarray(0, -2),
  'a PNG without IEND': async () => (await still('png')).subarray(0, -12),
  'a JPEG followed by other bytes': async () =>
    Buffer.concat([await still('jpeg'), Buffer.alloc(64, 9)]),
  'a JPEG that is cut in half, with an end marker behind the cut': async () => {
    const jpeg = await still('jpeg');
    return Buffer.concat([jpeg.subarray(0, jpeg.byteLength / 2), Buffer.of(0xff, 0xd9)]);
  },
  'a WebP that is declared as a JPEG': () => still('webp'),
  'a PNG of 16 bits with a colour profile': () =>
    sharp({ create: { width: 16, height: 16, channels: 3, background: '#ff0000' } })
      .toColourspace('rgb16')
      .withIccProfile('p3')
      .png()
      .toBuffer(),
};

test.for(Object.entries(unusual))(
  '%s is served small and large in every format',
  async ([, make], context) => {
    const picture = await productWithPicture(await adminToken(context), Buffer.from(await make()));
    for (const format of ['avif', 'webp', 'jpeg']) {
      for (const width of [160, 2560]) {
        const answer = await bytes(`/images/${picture}/w${width}.${format}`);
        expect(answer.status, `w${width}.${format}`).toBe(200);
      }
    }
  },
);

/** The sRGB value of the code value 148; with PQ, this is about the white of SDR. */
test.for([
  ['BT.2020 with PQ', 9, 16, 255],
  ['BT.2020 with HLG', 9, 18, 165],
  ['Display P3', 12, 13, 148],
  ['linear light', 1, 8, 200],
] as const)(
  'a picture in %s is shown with the intended brightness',
  async ([, primaries, transfer, expected], context) => {
    const picture = await productWithPicture(await adminToken(context), coded(primaries, transfer));
    const answer = await bytes(`/images/${picture}/w160.jpeg`);
    expect(answer.status).toBe(200);
    const [red = 0] = await sharp(answer.body).raw().toBuffer();
    expect(Math.abs(red - expected)).toBeLessThanOrEqual(3);
  },
);

test.for([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'IMAGE/AVIF',
  'image/jpeg; charset=binary',
  'Image/WebP;x="a;b"',
  'image/jpg',
])('issues an upload form for %s', async (contentType, context) => {
  const token = await adminToken(context);
  const { id } = await newProduct(token, { stock: 0 });
  const body = { contentType };
  const answer = await call('POST', `/catalog/products/${id}/image`, { token, body });
  expect(answer.status).toBe(201);
});

test('an AVIF is uploaded under its own type and served', async (context) => {
  const avif = await sharp(await smooth(400, 200))
    .avif({ effort: 0 })
    .toBuffer();
  const picture = await productWithPicture(await adminToken(context), avif, 'image/avif');
  expect((await bytes(`/images/${picture}/w160.webp`)).status).toBe(200);
});
