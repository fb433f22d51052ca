import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Finding } from './finding.ts';

const gigabyte = 1024 ** 3;
/** All three variants with their processes take about 1.6 GB; one alone 0.7 GB. */
const wantedMemory = 3 * gigabyte;
const leastMemory = 1 * gigabyte;
const wantedDisk = 1 * gigabyte;
const leastDisk = 0.2 * gigabyte;

const inGigabytes = (bytes: number) => `${(bytes / gigabyte).toFixed(1)} GB`;

/** @param version of the Node that runs the commands, e.g. `24.21.0` */
export function lookAtNode(version: string): Finding {
  const what = 'Node';
  const enough = Number(version.split('.')[0]) >= 24;
  if (enough) return { what, state: 'ok', found: version };
  return { what, state: 'missing', found: version, advice: 'run `npm ci`: it brings Node 24' };
}

export function lookAtMemory(free = freemem(), total = totalmem()): Finding {
  const what = 'memory';
  const found = `${inGigabytes(free)} free of ${inGigabytes(total)}`;
  if (free >= wantedMemory) return { what, state: 'ok', found };
  if (free >= leastMemory) {
    const advice =
      'for all three variants close something, or use `npm start -- --only serverless`';
    return { what, state: 'optional', found, advice };
  }
  return { what, state: 'missing', found, advice: 'close something: one variant needs 1 GB' };
}

export function lookAtCores(cores = availableParallelism()): Finding {
  const found = `${cores}`;
  if (cores >= 2) return { what: 'cores', state: 'ok', found };
  return { what: 'cores', state: 'optional', found, advice: 'it runs, but figures need 2 or more' };
}

/** Room where the repository lies. */
export async function lookAtDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const found = `${inGigabytes(free)} free`;
  if (free >= wantedDisk) return { what: 'disk', state: 'ok', found };
  const state = free >= leastDisk ? 'optional' : 'missing';
  return { what: 'disk', state, found, advice: 'free 1 GB for artifacts and logs' };
}
