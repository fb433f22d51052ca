import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApps } from '@triptych/build/build';
import { ratios, spreadOf } from '../../statistics/quantile.ts';
import { interleave } from '../../statistics/rounds.ts';
import { event } from '../lambda-adapter/event.ts';
import type { Benchmark, Findings, Scale } from '../measure/benchmark.ts';
import { type FirstAnswer, type FunctionHost, functionHost } from './function-host.ts';
import { partsOf } from './parts.ts';
import { type StoredProduct, storeProduct } from './stored-product.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const artifact = 'dist/apps/serverless/catalog';
/** A copy of the artifact, because a build running at the same time briefly removes the original. */
const copy = 'dist/bench/serverless-catalog';
const here = 'tools/comparison/bench/cold-start';

/** The latency of a request that has to start a function. */
export const coldStart: Benchmark = {
  name: 'cold-start',
  title: 'Cold first response of catalog’s function with one GetItem, relative to an empty handler',
  method: `CPU time of the function’s process from its start to its first response; ${artifact} in the local cloud’s sandbox`,
  aim: 5,
  scale: { full: { rounds: 16 }, quick: { rounds: 4 } },
  run: async (scale) => {
    await buildApps();
    await rm(join(root, copy), { recursive: true, force: true });
    await cp(join(root, artifact), join(root, copy), { recursive: true });
    const stored = await storeProduct();
    const host = functionHost(root, stored.endpointUrl);
    try {
      await addFunctions(host, stored);
      return await measure(host, stored, scale);
    } finally {
      await host.stop();
      await stored.stop();
    }
  },
};

async function addFunctions(host: FunctionHost, { table }: StoredProduct): Promise<void> {
  const settings = {
    SERVICE_NAME: 'catalog',
    VARIANT: 'serverless',
    BASE_URL: 'http://127.0.0.1:9',
    CATALOG_TABLE: table,
    EVENT_BUS: 'bench',
    QUEUE_URL: 'http://127.0.0.1:9/000000000000/bench',
    ORIGINALS_BUCKET: 'bench',
  };
  const bundle = join(root, copy, 'index.mjs');
  await host.add('empty', `${here}/empty-function`, {});
  await host.add('again', `${here}/empty-function`, {});
  await host.add('catalog', copy, settings);
  await host.add('traced', `${here}/traced-function`, {
    ...settings,
    TRIPTYCH_BENCH_BUNDLE: bundle,
  });
}

async function measure(
  host: FunctionHost,
  { path }: StoredProduct,
  { rounds }: Scale,
): Promise<Findings> {
  const { requestContext } = event;
  const http = { ...requestContext.http, path };
  const request = { ...event, rawPath: path, requestContext: { ...requestContext, http } };
  const payload = Buffer.from(JSON.stringify(request));
  const subject = (name: string) => async () => {
    const first = await host.firstAnswer(name, payload);
    if (first.answer.statusCode !== 200) throw new Error(`${name} answers ${first.answer.body}`);
    return first;
  };
  const subjects = {
    empty: subject('empty'),
    again: subject('again'),
    catalog: subject('catalog'),
    traced: subject('traced'),
  };
  // The first start of each function reads its files from the disk.
  for (const measureOnce of Object.values(subjects)) await measureOnce();
  const { empty, again, catalog, traced } = await interleave(subjects, rounds);

  const hasCpu = empty.every(({ cpuMs }) => cpuMs !== undefined);
  const wallOf = (samples: FirstAnswer[]) => samples.map(({ wallMs }) => wallMs);
  const costOf = (samples: FirstAnswer[]) =>
    samples.map(({ cpuMs, wallMs }) => (hasCpu ? (cpuMs ?? Number.NaN) : wallMs));
  const cost = hasCpu
    ? 'CPU'
    : 'wall-clock time (this system does not report the CPU time of other processes)';
  const base = costOf(empty);
  return {
    ratio: spreadOf(ratios(costOf(catalog), base)),
    control: spreadOf(ratios(costOf(again), base)),
    alsoOverBaseline: [
      {
        label: 'the same in wall-clock time',
        spread: spreadOf(ratios(wallOf(catalog), wallOf(empty))),
      },
    ],
    costs: [
      { label: `the catalog’s function, ${cost}`, spread: spreadOf(costOf(catalog)) },
      { label: `the empty handler, ${cost}`, spread: spreadOf(base) },
      { label: 'the catalog’s function, wall-clock time', spread: spreadOf(wallOf(catalog)) },
      { label: 'the empty handler, wall-clock time', spread: spreadOf(wallOf(empty)) },
    ],
    unit: 'ms',
    rest: partsOf(traced, hasCpu).map(({ label, values }) => ({
      label,
      spread: spreadOf(ratios(values, base)),
    })),
  };
}
