import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));
const maxLines = 250;

/** Files of the repository that are sources, as git lists them. */
const sources = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', '*.ts', '*.mjs', '*.js'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));

test('no source file is longer than 250 lines', () => {
  const long = sources.filter(
    (file) => readFileSync(join(root, file), 'utf8').split('\n').length > maxLines,
  );
  expect(long).toEqual([]);
});

test('no file is named by what it could be about', () => {
  const vague = /^(utils?|helpers?|common|manager|misc)\.\w+$/;
  expect(sources.filter((file) => vague.test(basename(file)))).toEqual([]);
});

test.each([
  'apps',
  'infra',
  'libs',
  'tools/local-cloud',
  'libs/platform',
  'libs/auth',
  'libs/catalog',
  'libs/payments',
  'libs/images',
  'libs/events',
  'tests',
  'docs/decisions',
])('%s has a README', (folder) => {
  expect(existsSync(join(root, folder, 'README.md'))).toBe(true);
});
