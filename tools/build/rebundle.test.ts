import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundle, type Deployable, descriptionOf } from './bundle.ts';
import { rebundle } from './rebundle.ts';

let root = '';
let roots: Deployable[] = [];
const write = (name: string, text: string) => writeFileSync(join(root, 'apps/x', name), text);
const artifact = (service: string) =>
  readFileSync(join(root, 'dist/apps/x', service, 'index.mjs'), 'utf8');

beforeEach(async () => {
  // On macOS, the temporary folder is a symbolic link, and esbuild resolves links.
  root = realpathSync(mkdtempSync(join(tmpdir(), 'triptych-rebundle-')));
  mkdirSync(join(root, 'apps/x'), { recursive: true });
  roots = ['one', 'two'].map((service) => ({
    app: 'x',
    service,
    entry: join(root, 'apps/x', `${service}.ts`),
    outdir: join(root, 'dist/apps/x', service),
  }));
  write('types.ts', 'export interface Thing { name: string }');
  write('shared.ts', `export * from './types.ts'; export const name: string = 'first';`);
  write('one.ts', `import { name } from './shared.ts'; console.log('one', name);`);
  write('two.ts', `console.log('two');`);
  await bundle(roots, root);
});
afterEach(() => rmSync(root, { recursive: true }));

test('replaces and returns only artifacts that have changed', async () => {
  write('shared.ts', `export const name: string = 'second';`);
  const changed = await rebundle(roots, root);
  expect(changed.map(({ service }) => service)).toEqual(['one']);
  expect(artifact('one')).toContain('second');
  expect(await rebundle(roots, root)).toEqual([]);
});

test('ends the validity of the last complete build when an artifact changes', async () => {
  const stamp = join(root, 'dist/apps/.built');
  writeFileSync(stamp, 'a hash of the sources');
  await rebundle(roots, root);
  expect(existsSync(stamp)).toBe(true);
  write('shared.ts', `export const name: string = 'second';`);
  await rebundle(roots, root);
  expect(existsSync(stamp)).toBe(false);
});

test('replaces nothing when one root does not compile, and reports where in one line', async () => {
  write('shared.ts', `export const name: string = 'second';`);
  write('two.ts', 'console.log(;');
  await expect(rebundle(roots, root)).rejects.toThrow(
    /^apps\/x\/two\.ts:1:13: Unexpected ";"( \(and \d+ more\))?$/,
  );
  expect(artifact('one')).toContain('first');
});

test('records all sources of a root, including type-only files', () => {
  const [one] = roots as [Deployable];
  const { sources } = JSON.parse(readFileSync(descriptionOf(one, root), 'utf8'));
  expect(sources).toEqual(['apps/x/one.ts', 'apps/x/shared.ts', 'apps/x/types.ts']);
});
