import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a copy of main.ts beside which nothing is installed. */
async function runAlone(...flags: string[]) {
  const copy = join(folder, 'main.ts');
  await copyFile(main, copy);
  await copyFile(join(import.meta.dirname, 'package.json'), join(folder, 'package.json'));
  return new Promise<{ status: unknown; stderr: string }>((resolve) =>
    execFile(process.execPath, [...flags, copy, 'start'], (error, _stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stderr }),
    ),
  );
}

it('is plain JavaScript in a CommonJS package, so that an old Node can run it', async () => {
  const source = await readFile(main, 'utf8');
  expect(() => new Script(source)).not.toThrow();
  const { type } = JSON.parse(await readFile(join(import.meta.dirname, 'package.json'), 'utf8'));
  expect(type).not.toBe('module');
});

it('tells an old Node what to do in one line', async () => {
  const asNode20 = join(folder, 'as-node-20.cjs');
  await writeFile(
    asNode20,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });`,
  );
  const { status, stderr } = await runAlone('--require', asNode20);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: Node 20\.20\.2 is too old .*npm start.*\n$/);
});

it('says what to do in one line when dependencies are missing', async () => {
  const { status, stderr } = await runAlone();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: a dependency is missing: .*npm start.*\n$/);
});
