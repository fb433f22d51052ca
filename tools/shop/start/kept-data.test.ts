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

test('kept data belong to one shop at a time', async () => {
  const giveBack = await claimKeptData(root);
  await expect(claimKeptData(root)).rejects.toThrow(/^Process \d+ uses the kept data: stop/);
  await giveBack();
  await (await claimKeptData(root))();
});

test('what a dead process had is free', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(join(root, '.triptych/data-owner'), String(pid));
  await expect(claimKeptData(root)).resolves.toBeTypeOf('function');
});

test('a reset removes everything, but not under a shop that runs', async () => {
  const giveBack = await claimKeptData(root);
  await expect(removeKeptData(root)).rejects.toThrow(/^A shop is running \(process \d+\): stop it/);
  expect(existsSync(keptDataFolder(root))).toBe(true);
  await giveBack();
  await removeKeptData(root);
  expect(existsSync(join(root, '.triptych'))).toBe(false);
});
