import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { finishService } from './finish-service.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'triptych-generator-'));
  mkdirSync(join(root, 'libs/reviews/core'), { recursive: true });
  mkdirSync(join(root, 'apps'));
  writeFileSync(join(root, 'libs/reviews/core/index.ts'), '');
  writeFileSync(join(root, 'apps/reviews.ts'), '');
  writeFileSync(join(root, 'package-lock.json'), 'changed');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('a step that fails leaves every file as it was before', () => {
  const finish = () =>
    finishService({
      root,
      names: { name: 'reviews', entity: 'review' },
      created: ['libs/reviews/core/index.ts', 'apps/reviews.ts'],
      before: new Map([['package-lock.json', 'original']]),
    });
  // This root has no program that could write the AsyncAPI document.
  expect(finish).toThrow(/^Nothing was changed, because a step failed: .*write-asyncapi\.ts/s);
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).toBe('original');
  for (const path of ['libs/reviews', 'apps/reviews.ts', 'node_modules/@triptych/reviews']) {
    expect(existsSync(join(root, path)), path).toBe(false);
  }
});
