import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { affectedBy, stacksOf } from '@triptych/build/affected';
import { deployables } from '@triptych/build/build';
import type { Deployable } from '@triptych/build/bundle';
import type { HttpMode } from '@triptych/context-map';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SourceWatch } from './watch-sources.ts';

const deployable = (app: string, service: string): Deployable => ({
  app,
  service,
  entry: `/r/apps/${app}/${service}.ts`,
  outdir: `/r/dist/apps/${app}/${service}`,
});

test('a file affects only the roots that bundle it', () => {
  const catalog = deployable('hybrid', 'catalog');
  const auth = deployable('hybrid', 'auth');
  const roots = [
    { deployable: catalog, sources: new Set(['libs/catalog/core/stock.ts', 'libs/shared.ts']) },
    { deployable: auth, sources: new Set(['libs/shared.ts']) },
  ];
  expect(affectedBy(['libs/catalog/core/stock.ts'], roots)).toEqual([catalog]);
  expect(affectedBy(['libs/shared.ts'], roots)).toEqual([catalog, auth]);
  expect(affectedBy(['README.md'], roots)).toEqual([]);
});

test('each root runs in its own stack, and the payment simulator in one stack per variant', () => {
  expect(stacksOf([deployable('hybrid', 'catalog')], ['hybrid'])).toEqual([
    'triptych-hybrid-catalog',
  ]);
  expect(
    stacksOf([deployable('payment-simulator', 'simulator')], ['serverless', 'hybrid']),
  ).toEqual(['triptych-serverless-provider', 'triptych-hybrid-provider']);
});

test('both artifacts of a service of serverless run in its one stack', async () => {
  const ofCatalog = async (http?: HttpMode) =>
    (await deployables(['serverless'], http)).filter(({ service }) => service === 'catalog');
  const both = await ofCatalog();
  expect(both.map(({ app }) => app)).toEqual(['serverless', 'serverless-web']);
  expect(stacksOf(both, ['serverless'])).toEqual(['triptych-serverless-catalog']);
  // The workers are in the artifacts of event functions, which are therefore in use in either way.
  expect(await ofCatalog('event-functions')).toEqual(both.slice(0, 1));
  expect(await ofCatalog('web-functions')).toEqual(both);
});

/** File events arrive late on a busy machine. */
const patiently = { timeout: 120_000 };

let root = '';
let watch: SourceWatch;
let batches: string[][] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'triptych-watch-'));
  mkdirSync(join(root, 'a'));
  for (const file of ['a/one.ts', 'a/two.ts', 'a/other.ts']) writeFileSync(join(root, file), '1');
  batches = [];
  watch = new SourceWatch(root, async (files) => {
    batches.push(files);
  });
});
afterEach(() => {
  watch.stop();
  rmSync(root, { recursive: true });
});

test('a save is reported once, with its path, and unwatched files are ignored', async () => {
  watch.add(['a/one.ts', 'a/two.ts']);
  writeFileSync(join(root, 'a/other.ts'), '2');
  writeFileSync(join(root, 'a/two.ts'), '2');
  await expect.poll(() => batches, patiently).toEqual([['a/two.ts']]);
});

test('replacing a file counts as a save, writing the same content does not', async () => {
  watch.add(['a/one.ts', 'a/two.ts']);
  writeFileSync(join(root, 'a/one.ts'), '1');
  writeFileSync(join(root, 'a/.two.swp'), '2');
  renameSync(join(root, 'a/.two.swp'), join(root, 'a/two.ts'));
  await expect.poll(() => batches, patiently).toEqual([['a/two.ts']]);
});

test('a file saved during start-up is reported at once', async () => {
  utimesSync(join(root, 'a/one.ts'), 2_000, 2_000);
  utimesSync(join(root, 'a/two.ts'), 1_000, 1_000);
  watch.add(['a/one.ts', 'a/two.ts'], 1_500_000);
  await expect.poll(() => batches, patiently).toEqual([['a/one.ts']]);
});

test('a save during a rebuild is not lost', async () => {
  let finish: () => void = () => undefined;
  watch.stop();
  watch = new SourceWatch(root, async (files) => {
    batches.push(files);
    if (batches.length === 1) await new Promise<void>((resolve) => (finish = resolve));
  });
  watch.add(['a/one.ts', 'a/two.ts']);
  writeFileSync(join(root, 'a/one.ts'), '2');
  await expect.poll(() => batches, patiently).toEqual([['a/one.ts']]);
  writeFileSync(join(root, 'a/two.ts'), '2');
  finish();
  await expect.poll(() => batches, patiently).toEqual([['a/one.ts'], ['a/two.ts']]);
});
