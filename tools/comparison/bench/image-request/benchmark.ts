import { differences, ratios, spreadOf, sums } from '../../statistics/quantile.ts';
import { interleave } from '../../statistics/rounds.ts';
import type { Benchmark, Findings, Scale } from '../measure/benchmark.ts';
import { sendLoad } from '../measure/http-load.ts';
import { type SubjectProcess, startSubject } from '../measure/subject-process.ts';

type Format = 'webp' | 'jpeg';
const IMAGES = 3;

/** The overhead of the images service relative to the library that does the work. */
export const imageRequest: Benchmark = {
  name: 'image-request',
  title:
    'An image request (3000×2000 JPEG to w960, webp and jpeg), relative to plain sharp with the same options',
  method: `CPU time of the server per image, one request at a time, ${IMAGES} of each format per round; originals in memory`,
  aim: 1.05,
  scale: { full: { rounds: 20 }, quick: { rounds: 4 } },
  run: async (scale) => {
    const server = await startSubject(new URL('server.ts', import.meta.url), '');
    try {
      return await measure(server, scale);
    } finally {
      await server.stop();
    }
  },
};

async function measure(server: SubjectProcess, { rounds }: Scale): Promise<Findings> {
  const cpuMsOf = (work: () => Promise<unknown>) => async () => {
    const before = await server.ask<number>('cpu');
    await work();
    return ((await server.ask<number>('cpu')) - before) / 1000 / IMAGES;
  };
  const request = (format: Format) => cpuMsOf(() => get(server, format, IMAGES));
  const raw = (format: Format) => cpuMsOf(() => server.ask('resize', { format, times: IMAGES }));
  for (const format of ['webp', 'jpeg'] as const) await assertSamePicture(server, format);
  const samples = await interleave(
    {
      webp: request('webp'),
      rawWebp: raw('webp'),
      againWebp: raw('webp'),
      jpeg: request('jpeg'),
      rawJpeg: raw('jpeg'),
      againJpeg: raw('jpeg'),
    },
    rounds,
  );
  const { webp, rawWebp, jpeg, rawJpeg } = samples;
  const both = sums(webp, jpeg);
  const rawBoth = sums(rawWebp, rawJpeg);
  const part = (label: string, over: number[], under: number[]) => ({
    label,
    spread: spreadOf(ratios(differences(over, under), rawBoth)),
  });
  return {
    ratio: spreadOf(ratios(both, rawBoth)),
    control: spreadOf(ratios(sums(samples.againWebp, samples.againJpeg), rawBoth)),
    alsoOverBaseline: [
      { label: 'webp only', spread: spreadOf(ratios(webp, rawWebp)) },
      { label: 'jpeg only', spread: spreadOf(ratios(jpeg, rawJpeg)) },
    ],
    costs: [
      { label: 'webp: the request', spread: spreadOf(webp) },
      { label: 'webp: sharp', spread: spreadOf(rawWebp) },
      { label: 'jpeg: the request', spread: spreadOf(jpeg) },
      { label: 'jpeg: sharp', spread: spreadOf(rawJpeg) },
    ],
    unit: 'ms',
    rest: [
      part('HTTP, headers, concurrency gate and two log lines around webp', webp, rawWebp),
      part('the same around jpeg', jpeg, rawJpeg),
    ],
  };
}

async function get(server: SubjectProcess, format: Format, requests: number): Promise<Buffer> {
  const port = server.ready as number;
  const path = `/images/measured/w960.${format}`;
  return (await sendLoad({ port, path, requests, connections: 1 })).body;
}

async function assertSamePicture(server: SubjectProcess, format: Format): Promise<void> {
  const served = await get(server, format, IMAGES);
  const made = Buffer.from(await server.ask<string>('result', format), 'base64');
  if (served.equals(made)) return;
  throw new Error(
    `the service and plain sharp produce different ${format} bytes; check their options`,
  );
}
