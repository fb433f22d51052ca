/**
 * `npm run bench`: what our layers cost, as ratios to doing without them.
 * `npm run bench -- [--quick] [--only service-get,lambda-adapter,cold-start,image-request]`
 */
import { parseArgs } from 'node:util';
import { coldStart } from './cold-start/benchmark.ts';
import { imageRequest } from './image-request/benchmark.ts';
import { lambdaAdapter } from './lambda-adapter/benchmark.ts';
import type { Benchmark } from './measure/benchmark.ts';
import { describeMachine } from './measure/machine.ts';
import { reportOf } from './measure/report.ts';
import { serviceGet } from './service-get/benchmark.ts';

const benchmarks: readonly Benchmark[] = [serviceGet, lambdaAdapter, coldStart, imageRequest];

const { values } = readFlags();
const wanted = values.only?.split(',').map((name) => name.trim());
const unknown = wanted?.find((name) => !benchmarks.some((one) => one.name === name));
if (unknown !== undefined) {
  const names = benchmarks.map(({ name }) => name).join(', ');
  console.error(`triptych: there is no benchmark "${unknown}"; there are: ${names}`);
  process.exit(2);
}

for (const line of describeMachine(new Date())) console.log(line);
for (const benchmark of benchmarks) {
  if (wanted && !wanted.includes(benchmark.name)) continue;
  const findings = await benchmark.run(benchmark.scale[values.quick ? 'quick' : 'full']);
  console.log(`\n${reportOf(benchmark, findings).join('\n')}`);
}

/** The flags, or one line that says what is wrong with them. */
function readFlags() {
  try {
    return parseArgs({
      options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
    });
  } catch (error) {
    const reason = (error as Error).message.split('. To specify', 1)[0];
    console.error(`triptych: ${reason}. Usage: npm run bench -- [--quick] [--only <names>]`);
    process.exit(2);
  }
}
