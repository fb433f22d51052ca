import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { read, repositoryFiles } from './support/repository-files.ts';

const MAX_LINES = 250;
const sources = repositoryFiles('*.ts', '*.mjs', '*.js');

test('no source file is longer than 250 lines', () => {
  const long = sources.filter((file) => read(file).split('\n').length > MAX_LINES);
  expect(long).toEqual([]);
});

test('no file has a vague name', () => {
  const vague = /^(utils?|helpers?|common|manager|misc)\.\w+$/;
  expect(sources.filter((file) => vague.test(basename(file)))).toEqual([]);
});

test.each([
  'apps',
  'infra',
  'libs',
  'tools/local-cloud',
  'libs/platform',
  'libs/context-map',
  ...CONTEXT_NAMES.map((name) => `libs/${name}`),
  'libs/events',
  'tests',
  'docs/decisions',
])('%s has a README', (folder) => {
  expect(existsSync(join(repositoryRoot, folder, 'README.md'))).toBe(true);
});
