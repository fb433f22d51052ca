import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logFolderOf, newestLogFolder } from './log-folder.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'triptych-folder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(folder: string, atSeconds: number): void {
  const file = join(folder, 'triptych-hybrid-auth.log');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, atSeconds, atSeconds);
}

test('finds the logs of the last shop, on whichever port it ran', async () => {
  expect(await newestLogFolder(root)).toBeUndefined();
  write(logFolderOf(root, 4000), 1_000);
  write(logFolderOf(root, 9000), 2_000);
  write(join(root, '.triptych/test-logs'), 3_000);
  expect(await newestLogFolder(root)).toBe(join(root, '.triptych/logs-9000'));
  write(logFolderOf(root, 4000), 4_000);
  expect(await newestLogFolder(root)).toBe(join(root, '.triptych/logs'));
});
