/**
 * `npm run bench`: measures the overhead of our layers as ratios to a baseline without them.
 * `npm run bench -- [--quick] [--only lambda-adapter,sdk-call] [--json <file>]
 *  [--rounds <n>] [--share <0–1 of the calls in a round>]`
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { coldStart } from './cold-start/benchmark.ts';
import { imageRequest } from './image-request/benchmark.ts';
import { lambdaAdapter } from './lambda-adapter/benchmark.ts';
import type { Benchmark, Findings, Scale } from './measure/benchmark.ts';
import { describeMachine } from './measure/machine.ts';
import { reportOf } from './measure/report.ts';
import { sdkCall } from './sdk-call/benchmark.ts';
import { serviceGet } from './service-get/benchmark.ts';
import { simulation } from './simulation/benchmark.ts';

const benchmarks: readonly Benchmark[] = [
  serviceGet,
  lambdaAdapter,
  sdkCall,
  coldStart,
  imageRequest,
  simulation,
];

const { values } = readFlags();
const wanted = values.only?.split(',').map((name) => name.trim());
const unknown = wanted?.find((name) => !benchmarks.some((one) => one.name === name));
if (unknown !== undefined) {
  const names = benchmarks.map(({ name }) => name).join(', ');
  console.error(`triptych: there is no benchmark "${unknown}"; choose from ${names}`);
  process.exit(2);
}

for (const line of describeMachine(new Date())) console.log(line);
/** Flags override the benchmark's default scale. */
function scaleOf({ scale }: Benchmark): Scale {
  const usual = scale[values.quick ? 'quick' : 'full'];
  return {
    rounds: values.rounds === undefined ? usual.rounds : Number(values.rounds),
    share: values.share === undefined ? 1 : Number(values.share),
  };
}

const found: Record<string, Findings> = {};
for (const benchmark of benchmarks) {
  if (wanted && !wanted.includes(benchmark.name)) continue;
  const findings = await benchmark.run(scaleOf(benchmark));
  console.log(`\n${reportOf(benchmark, findings).join('\n')}`);
  found[benchmark.name] = findings;
}
if (values.json !== undefined) await writeFile(values.json, JSON.stringify(found, undefined, 2));

/** Parses the flags. Exits with one line if they are invalid. */
function readFlags() {
  try {
    return parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        json: { type: 'string' },
        rounds: { type: 'string' },
        share: { type: 'string' },
      },
    });
  } catch (error) {
    const reason = (error as Error).message.split('. To specify', 1)[0];
    console.error(
      `triptych: ${reason}. Usage: npm run bench -- [--quick] [--only <names>] [--json <file>]`,
    );
    process.exit(2);
  }
}
