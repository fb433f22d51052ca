import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../conformance/support/eventually.ts';
import { freeBase, type Running, START_TIMEOUT_MS, startCommand } from './support/command.ts';
import { copyOfRepository } from './support/copy-of-repository.ts';

/** `npm run dev` in a copy of the repository, so that the test can change sources. */
const source = 'libs/catalog/http/shop-routes.ts';
const infraSource = 'infra/constructs/alarms.ts';
const path = '/catalog/categories';
const PRINT_TIMEOUT_MS = 120_000;

let copy: Awaited<ReturnType<typeof copyOfRepository>>;
let shop: Running;
let url = '';

beforeAll(async () => {
  copy = await copyOfRepository();
  const base = await freeBase();
  url = `http://127.0.0.1:${base + 2}`;
  const args = ['dev', '--only', 'serverless', '--no-seed', '--port', String(base)];
  shop = startCommand(args, copy.folder);
  expect(await shop.printed('Watching')).toContain('Watching');
}, START_TIMEOUT_MS);
afterAll(async () => {
  if (shop?.child.exitCode === null) await shop.interrupt();
  await copy?.remove();
});

const change = async (edit: (text: string) => string, changed = source) => {
  const file = join(copy.folder, changed);
  const before = await readFile(file, 'utf8');
  const after = edit(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
};
const status = async (route: string) => (await fetch(url + route)).status;

test('a saved change of a route takes effect in the running shop', async () => {
  expect(await status(path)).toBe(200);
  await change((text) => text.replaceAll(`'${path}'`, `'${path}-renamed'`));
  await eventually(
    () => status(`${path}-renamed`),
    (found) => found === 200,
  );
  await eventually(
    () => status(path),
    (found) => found === 404,
  );
  const line =
    /✓ +\d+\.\d s {2}restarted {4}catalog in serverless {2}\(libs\/catalog\/http\/shop-routes\.ts\)/;
  expect(await shop.printed(line, PRINT_TIMEOUT_MS)).toMatch(line);
});

test('a change of the templates restarts the whole shop, which keeps its data', async () => {
  const account = { email: 'kept@shop.example', password: 'a password that stays' };
  const send = (route: string) =>
    fetch(url + route, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
  expect((await send('/auth/register')).status).toBe(202);
  await change((text) => text.replace('answered with 5xx', 'answered with an error'), infraSource);
  const ends =
    /restarting {3}the whole shop {2}.*\n(.*\n)*✓ +\d+\.\d s {2}restarted {4}the whole shop/;
  expect(await shop.printed(ends, START_TIMEOUT_MS)).toMatch(ends);
  expect((await send('/auth/login')).status).toBe(200);
});

test('a source that does not compile is reported in one line, and the old version keeps running', async () => {
  await change((text) => `${text}\nexport const broken = ;\n`);
  // If the file was read during the save, another error may have been reported before this one.
  const line =
    /not built +libs\/catalog\/http\/shop-routes\.ts:\d+:\d+: Unexpected ";"; the old version keeps running/;
  expect(await shop.printed(line, PRINT_TIMEOUT_MS)).toMatch(line);
  expect(await status(`${path}-renamed`)).toBe(200);
  await change((text) =>
    text.replace('\nexport const broken = ;\n', '').replaceAll(`${path}-renamed`, path),
  );
  await eventually(
    () => status(path),
    (found) => found === 200,
  );
});
