import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { RotatingFile } from './rotating-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'triptych-rotating-'));
const path = join(folder, 'a.log');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('keeps the newest complete lines within its size limit', async () => {
  writeFileSync(`${path}.1`, 'of an earlier run\n');
  const file = new RotatingFile(path, 100);
  for (let i = 10; i < 40; i += 1) file.write(`line ${i}\n`);
  await file.close();
  const kept = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
  expect(statSync(path).size + statSync(`${path}.1`).size).toBeLessThanOrEqual(100);
  expect(kept.startsWith('line ')).toBe(true);
  expect(kept.endsWith('line 38\nline 39\n')).toBe(true);
});
