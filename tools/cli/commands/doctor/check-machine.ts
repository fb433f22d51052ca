import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Finding } from './finding.ts';

const GIGABYTE = 1024 ** 3;
/** All three variants use about 1.6 GB, one alone 0.7 GB. */
const WANTED_MEMORY = 3 * GIGABYTE;
const MIN_MEMORY = 1 * GIGABYTE;
const WANTED_DISK = 1 * GIGABYTE;
const MIN_DISK = 0.2 * GIGABYTE;
const OLDEST_NODE = 24;

const inGigabytes = (bytes: number) => `${(bytes / GIGABYTE).toFixed(1)} GB`;

/** @param version the version of the Node that runs the commands, e.g. `24.21.0` */
export function checkNode(version: string): Finding {
  const what = 'Node';
  const enough = Number(version.split('.')[0]) >= OLDEST_NODE;
  if (enough) return { what, state: 'ok', found: version };
  return { what, state: 'missing', found: version, advice: 'run `npm ci`: it installs Node 24' };
}

/** Free memory, compared with the needs of one and of all variants. */
export function checkMemory(free = freemem(), total = totalmem()): Finding {
  const what = 'memory';
  const found = `${inGigabytes(free)} free of ${inGigabytes(total)}`;
  if (free >= WANTED_MEMORY) return { what, state: 'ok', found };
  if (free >= MIN_MEMORY) {
    const advice =
      'close other programs to run all three variants, or use `npm start -- --only serverless`';
    return { what, state: 'optional', found, advice };
  }
  return { what, state: 'missing', found, advice: 'close other programs: one variant needs 1 GB' };
}

/** CPU cores: one is enough to run the shop, but not to measure it. */
export function checkCores(cores = availableParallelism()): Finding {
  const found = `${cores}`;
  if (cores >= 2) return { what: 'cores', state: 'ok', found };
  const advice = 'enough to run the shop; measurements need 2 or more';
  return { what: 'cores', state: 'optional', found, advice };
}

/** Free space on the disk that holds `folder`. */
export async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const found = `${inGigabytes(free)} free`;
  if (free >= WANTED_DISK) return { what: 'disk', state: 'ok', found };
  const state = free >= MIN_DISK ? 'optional' : 'missing';
  return { what: 'disk', state, found, advice: 'free 1 GB for artifacts and logs' };
}
