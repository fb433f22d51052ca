/**
 * `npm run bench:pictures`: processor time and peak memory of the most expensive pictures that are
 * accepted, per format, for judging them and for their most expensive renditions. Compares them with
 * the weights at the gates. `npm run bench:pictures -- [--only jpeg,avif]`
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { MAX_ORIGINAL_BYTES, MOST_INSPECTION_MB, peakMemoryMb } from '@triptych/images/core';
import { describeMachine } from './measure/machine.ts';
import { WORST_PICTURES, type WorstPicture } from './pictures/worst-pictures.ts';

interface Cost {
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly rejected?: string;
}

const TIMEOUT_MS = 120_000;
const RENDITIONS = [
  { widthPx: 960, format: 'avif' },
  { widthPx: 2560, format: 'avif' },
  { widthPx: 2560, format: 'webp' },
  { widthPx: 2560, format: 'jpeg' },
] as const;
const child = join(import.meta.dirname, 'pictures/measure-work.ts');

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',');
for (const line of describeMachine(new Date())) console.log(line);
console.log(`
Judging, and the renditions w960.avif, w2560.avif, w2560.webp and w2560.jpeg, each once in
its own process. Memory is what the process needed beyond an idle one.

| original | megapixels | MB | work | processor time, s | peak memory, MB | weight, MB |
| --- | --- | --- | --- | --- | --- | --- |`);

const folder = await mkdtemp(join(tmpdir(), 'triptych-pictures-'));
try {
  for (const picture of WORST_PICTURES) {
    if (!wanted || wanted.includes(picture.format)) await measure(picture);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(picture: WorstPicture): Promise<void> {
  const { name, format, width, height } = picture;
  const bytes = await picture.make();
  const megabytes = (bytes.byteLength / 1e6).toFixed(1);
  const over = bytes.byteLength > MAX_ORIGINAL_BYTES ? ' (above the limit)' : '';
  const file = join(folder, `picture.${format}`);
  await writeFile(file, bytes);
  const row = (work: string, { cpuMs, peakMb }: Cost, weight: number) => {
    const cells = [
      `${format}, ${name}`,
      ((width * height) / 1e6).toFixed(1),
      `${megabytes}${over}`,
      work,
      (cpuMs / 1000).toFixed(2),
      `${peakMb.toFixed(0)}${peakMb > weight ? ' (above its weight)' : ''}`,
      String(weight),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  };
  const judged = await costOf(file, 'inspect');
  row(`judge${judged.rejected ? `: ${judged.rejected}` : ''}`, judged, MOST_INSPECTION_MB);
  if (judged.rejected) return;
  const facts = { widthPx: width, heightPx: height, format };
  for (const rendition of RENDITIONS) {
    const made = await costOf(file, String(rendition.widthPx), rendition.format);
    row(`w${rendition.widthPx}.${rendition.format}`, made, peakMemoryMb(facts, rendition));
  }
}

async function costOf(file: string, ...work: string[]): Promise<Cost> {
  const args = [child, file, ...work];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: TIMEOUT_MS });
  return JSON.parse(stdout) as Cost;
}
