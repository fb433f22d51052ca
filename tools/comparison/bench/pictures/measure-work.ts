/**
 * Does one thing with one picture, in a process of its own, and prints what it cost:
 * `node measure-work.ts <file> <inspect | width> [format]`
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { sharpProcessor } from '@triptych/images/adapters';
import { type EncodedFormat, isRejection, type WidthPx } from '@triptych/images/core';

const [, , file = '', work = '', format = 'jpeg'] = process.argv;
const processor = sharpProcessor();
const bytes = await readFile(file);

/** Linux's own figure, because `maxRSS` includes the process that started this one. */
function peakMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

const idleMb = peakMb();
const before = process.cpuUsage();
let rejected: string | undefined;
if (work === 'inspect') {
  const verdict = await processor.inspect(bytes);
  rejected = isRejection(verdict) ? verdict.rejected : undefined;
} else {
  const widthPx = Number(work) as WidthPx;
  await processor.resize(bytes, { imageId: 'measured', widthPx, format: format as EncodedFormat });
}
const { user, system } = process.cpuUsage(before);
const cost = {
  cpuMs: (user + system) / 1000,
  peakMb: peakMb() - idleMb,
  rejected,
};
console.log(JSON.stringify(cost));
