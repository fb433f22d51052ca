/** Serves one picture through the images context, and resizes the same picture with plain sharp, in one process. */
import type { AddressInfo } from 'node:net';
import { sharpProcessor } from '@triptych/images/adapters';
import { encode } from '@triptych/images/adapters/sharp-encoders';
import { createImages } from '@triptych/images/core';
import { imageRoutes } from '@triptych/images/http';
import { buildApp } from '@triptych/platform/http';
import sharp from 'sharp';
import { answerQuestions, cpuUsedUs } from '../measure/answer-questions.ts';
import { serviceConfig } from '../measure/measured-app.ts';
import { testPicture } from './test-picture.ts';

const picture = await testPicture();
const facts = { widthPx: 3000, heightPx: 2000, format: 'jpeg' } as const;

const refuse = async (): Promise<never> => {
  throw new Error('this server accepts no uploads');
};
const images = createImages({
  originals: {
    facts: async () => facts,
    read: async () => picture,
    readUpload: refuse,
    keep: refuse,
    removeUpload: refuse,
    reject: refuse,
    verdict: async () => facts,
  },
  // This also configures sharp for the process, including `resizeByHand`: one thread per picture, no cache.
  processor: sharpProcessor(),
  announcer: { accepted: refuse, rejected: refuse },
});
const app = await buildApp({
  config: { ...serviceConfig('info'), SERVICE_NAME: 'images' },
  title: 'Images',
  plugin: imageRoutes({ images, largeRenditions: 'stream' }),
  pressure: true,
});

/** The same sharp calls as the image processor, without anything around them. Equal bytes are checked before measuring. */
function resizeByHand(format: 'webp' | 'jpeg'): Promise<Buffer> {
  const opened = sharp(picture, {
    limitInputPixels: 50_000_000,
    failOn: 'error',
    sequentialRead: true,
  });
  const resized = opened
    .autoOrient()
    .resize({ width: 960, height: 640, fit: 'fill' })
    .timeout({ seconds: 20 });
  return encode(resized, format, { pixels: 960 * 640, transparent: false }).toBuffer();
}

await app.listen({ port: 0, host: '127.0.0.1' });
answerQuestions((app.server.address() as AddressInfo).port, {
  cpu: cpuUsedUs,
  result: async (format: 'webp' | 'jpeg') => (await resizeByHand(format)).toString('base64'),
  resize: async ({ format, times }: { format: 'webp' | 'jpeg'; times: number }) => {
    for (let done = 0; done < times; done += 1) await resizeByHand(format);
  },
});
