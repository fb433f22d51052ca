import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { assume, type Billable, billAt, loadPrices } from '@triptych/comparison/cost';
import { PartFindings } from '@triptych/comparison/data';
import { measuredRun } from '@triptych/comparison/estimate/measured-run';
import { billableTargets } from '@triptych/comparison/run/parts/cost';
import { awsTemplates } from '@triptych/comparison/run/templates';
import {
  assumeForSimulation,
  renderSimulation,
  type SimulatedBills,
  type SimulateOptions,
  simulateAll,
  simulateFlags,
  simulationFindings,
  simulationHtml,
  WEB_TARGET,
} from '@triptych/comparison/simulation';

const REGION = 'us-east-1';
const MONTH_MS = 30 * 86_400e3;

/** `npm run simulate`: predicts what each variant does under some traffic, from the templates and measured service times. */
export async function simulate(args: string[]): Promise<void> {
  const options = simulateFlags(args);
  const run = measuredRun(options.report);
  const { targets: measured, figures } = run.data;
  // Serverless with Web Functions is simulated from the templates and the figures of serverless.
  const targets = measured.filter(({ http }) => http !== 'web-functions');
  const templates = await awsTemplates(targets);
  const billables = billableTargets(targets, templates, figures, new PartFindings('cost'));
  if (billables.length === 0)
    throw new UserError(`${run.path} has no target that the templates describe.`);
  console.log(`${options.trafficName}; seed ${options.seed}; service times from ${run.path}\n`);
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  const all = simulateAll(billables, figures, options, {
    progress: showProgress,
    isStopped: () => stopped,
  });
  process.off('SIGINT', stop);
  const bills = billsOf(billables, all, options);
  const text = renderSimulation(all, bills);
  console.log(text);
  if (stopped) console.log('\nStopped: the results are those of the time until then.');
  const web = {
    name: WEB_TARGET,
    variant: 'serverless',
    kind: 'local',
    baseUrl: '',
    label: '',
  } as const;
  const shown = [...targets, web].filter(({ name }) =>
    all.results.some(({ target }) => target === name),
  );
  const folder = resolve(
    options.out ?? join(repositoryRoot, 'reports/simulations', nameOf(options)),
  );
  await mkdir(folder, { recursive: true });
  const assumed = assumeForSimulation(options.assumed);
  const title = options.trafficName;
  const plain = stripVTControlCharacters(text);
  await writeFile(
    join(folder, 'simulation.html'),
    simulationHtml(all, { title, targets: shown, assumed, text: plain }),
  );
  const { figures: simulated, series } = simulationFindings(all.results);
  const { mix, seed, cv, durationMs } = options;
  await writeFile(
    join(folder, 'simulation.json'),
    `${JSON.stringify({ kind: 'simulation', title, seed, cv, durationMs, mix, assumed, figures: simulated, series }, null, 1)}\n`,
  );
  console.log(`\n${join(relative(process.cwd(), folder), 'simulation.html')}`);
}

function nameOf({ trafficName, seed }: SimulateOptions): string {
  return `${trafficName.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}-${seed}`;
}

/** The bill of a month at the mean rate of the simulated traffic, with its share of cold starts. */
function billsOf(
  billables: readonly Billable[],
  { results, wholeRequests }: ReturnType<typeof simulateAll>,
  { durationMs, traffic }: SimulateOptions,
): SimulatedBills {
  const prices = loadPrices(REGION);
  const requestsPerMonth = (wholeRequests * MONTH_MS) / durationMs;
  const mean = wholeRequests / (durationMs / 1_000);
  const peak = 'curve' in traffic ? Math.max(...traffic.curve.map(({ rate }) => rate)) : mean;
  const scenario = {
    peakToMean: Math.max(1, peak / mean),
    freeTier: false,
    scaling: 'follow',
  } as const;
  const bills = new Map<string, ReturnType<typeof billAt>>();
  for (const { target, coldShare } of results) {
    const found = billables.find((one) => one.target === target);
    if (!found) continue;
    const value = { ...found.measured.at.value, coldShareUnderLoad: coldShare };
    const measured = { ...found.measured, at: { ...found.measured.at, value } };
    bills.set(
      target,
      billAt({ ...found, measured }, { prices, assumed: assume(), scenario }, requestsPerMonth),
    );
  }
  return bills;
}

/** Shows how far a long run is, where somebody looks at it. */
function showProgress(target: string, share: number): void {
  if (!process.stderr.isTTY) return;
  const done = share >= 1;
  process.stderr.write(`\r${target} ${Math.round(100 * share)} %${done ? '\r\x1b[K' : ''}`);
}
