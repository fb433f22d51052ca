/**
 * `npm run bench:start`: measures how long the shop takes to become ready, and its memory.
 * `npm run bench:start -- [--runs 5] [--port 20000]`
 */
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';
import { portsFrom } from '@triptych/base/variants';
import { assertPortsFree } from '@triptych/shop/start/ports';
import { spreadOf } from '../statistics/quantile.ts';
import { describeMachine } from './measure/machine.ts';
import { type Start, startOnce } from './start/one-start.ts';

const AIMS = { readySeconds: 15, residentGb: 1.5, stopSeconds: 10 };

const { values } = parseArgs({ options: { runs: { type: 'string' }, port: { type: 'string' } } });
const runs = Number(values.runs ?? 5);
if (!Number.isInteger(runs) || runs < 1 || runs > 100) {
  console.error(`triptych: --runs takes a number from 1 to 100, not "${values.runs}"`);
  process.exit(2);
}
const port = values.port === undefined ? await freeBase() : Number(values.port);

for (const line of describeMachine(new Date())) console.log(line);
console.log('\nnpm start, installed and built, until all health checks pass');
// A first start, which builds and synthesizes if necessary, is not counted.
show('warm-up', await startOnce(repositoryRoot, port));
const starts: Start[] = [];
for (let run = 1; run <= runs; run += 1) {
  const start = await startOnce(repositoryRoot, port);
  starts.push(start);
  show(`run ${run}`, start);
}

console.log();
const building = starts.filter(({ built }) => built).length;
if (building > 0) {
  console.log(
    `  ${building} of the runs had to build first, because sources changed in the meantime.`,
  );
}
report('ready after', 's', AIMS.readySeconds, (start) => start.readyMs / 1000);
report('memory', 'GB', AIMS.residentGb, (start) => start.residentBytes / 2 ** 30);
const sharedOnce = starts.flatMap((start) => start.sharedOnceBytes ?? []);
if (sharedOnce.length > 0) {
  const gb = (spreadOf(sharedOnce).median / 2 ** 30).toFixed(2);
  console.log(`    or ${gb} GB if shared pages count once`);
}
report('stopped after', 's', AIMS.stopSeconds, (start) => start.stopMs / 1000);
const left = starts.reduce((sum, start) => sum + start.left.length, 0);
console.log(`  processes left behind ${left} (aim 0: ${left === 0 ? 'reached' : 'not reached'})`);

function report(title: string, unit: string, aim: number, of: (start: Start) => number): void {
  const { median, min, max, n } = spreadOf(starts.map(of));
  const middle = `${title.padEnd(14)} ${median.toFixed(2)} ${unit}`;
  const ends = `min–max ${min.toFixed(2)}–${max.toFixed(2)}, n ${n}`;
  console.log(
    `  ${middle} (${ends}; aim ${aim} ${unit}: ${median <= aim ? 'reached' : 'not reached'})`,
  );
}

function show(name: string, start: Start): void {
  const { readyMs, built, residentBytes, processes, stopMs, left } = start;
  const ready = `ready after ${(readyMs / 1000).toFixed(1)} s${built ? ', building first' : ''}`;
  const memory = `${(residentBytes / 2 ** 20).toFixed(0)} MB in ${processes} processes`;
  const stop = `stopped in ${(stopMs / 1000).toFixed(1)} s, ${left.length} left${left.length > 0 ? ` (${left.join(', ')})` : ''}`;
  console.log(`  ${name.padEnd(8)} ${ready}, ${memory}, ${stop}`);
}

/** Finds a base port from which all of the shop's ports are free, away from the default ports, which a shop may use. */
async function freeBase(): Promise<number> {
  for (let base = 20_000; base < 30_000; base += 1000) {
    const free = await assertPortsFree(portsFrom(base)).then(
      () => true,
      () => false,
    );
    if (free) return base;
  }
  throw new Error('no free ports between 20000 and 30000; choose one with --port');
}
