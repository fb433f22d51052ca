import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimKeptData, keptDataFolder, removeKeptData } from './kept-data.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'triptych-kept-'));
  mkdirSync(keptDataFolder(root), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('only one shop at a time can use the persisted data', async () => {
  const release = await claimKeptData(root);
  await expect(claimKeptData(root)).rejects.toThrow(
    /^Process \d+ is using the persisted data: stop/,
  );
  await release();
  await (await claimKeptData(root))();
});

test('the lock of a dead process does not count', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(join(root, '.triptych/data-owner'), String(pid));
  await expect(claimKeptData(root)).resolves.toBeTypeOf('function');
});

test('a reset deletes everything, but not while a shop is running', async () => {
  const release = await claimKeptData(root);
  await expect(removeKeptData(root)).rejects.toThrow(/^A shop is running \(process \d+\): stop it/);
  expect(existsSync(keptDataFolder(root))).toBe(true);
  await release();
  await removeKeptData(root);
  expect(existsSync(join(root, '.triptych'))).toBe(false);
});
