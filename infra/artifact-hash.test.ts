import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { artifactHash } from './artifact-hash.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triptych-artifact-'));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'index.mjs'), 'export {};');
});
afterEach(() => rmSync(folder, { recursive: true }));

// Windows has no permission bits.
test.runIf(process.platform !== 'win32')('a change of permissions changes the hash', () => {
  const before = artifactHash(folder);
  expect(artifactHash(folder)).toBe(before);
  chmodSync(join(folder, 'index.mjs'), 0o600);
  expect(artifactHash(folder)).not.toBe(before);
});

test('a change of the contents changes the hash', () => {
  const before = artifactHash(folder);
  writeFileSync(join(folder, 'index.mjs'), 'export const x = 1;');
  expect(artifactHash(folder)).not.toBe(before);
});
