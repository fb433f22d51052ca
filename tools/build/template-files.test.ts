import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sameTemplates, templateFiles } from './template-files.ts';

test('contain every source that the CDK app imports, and the edge functions', async () => {
  const { metafile } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: ['infra/app.ts'],
    ...{ bundle: true, write: false, metafile: true, platform: 'node', format: 'esm' },
    // Installed packages are outside; the workspaces are not.
    external: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'typebox', 'typebox/*'],
    logLevel: 'silent',
    outfile: 'unused.mjs',
  });
  const imported = Object.keys(metafile.inputs).filter((file) => !/node_modules/.test(file));
  expect(imported.length).toBeGreaterThan(20);
  const files = await templateFiles(repositoryRoot);
  expect(files).toEqual(expect.arrayContaining(imported));
  expect(files).toContain('libs/images/edge/viewer-request.js');
  expect(files.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triptych-templates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function assembly(name: string, templates: Record<string, string>): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'manifest.json'), name);
  for (const [file, text] of Object.entries(templates)) writeFileSync(join(path, file), text);
  return path;
}

test('two assemblies are the same when their templates are', async () => {
  const one = assembly('one', { 'a.template.json': '{}', 'b.template.json': '[]' });
  const same = assembly('same', { 'b.template.json': '[]', 'a.template.json': '{}' });
  const other = assembly('other', { 'a.template.json': '{}', 'b.template.json': '[1]' });
  const fewer = assembly('fewer', { 'a.template.json': '{}' });
  expect(await sameTemplates(one, same)).toBe(true);
  expect(await sameTemplates(one, other)).toBe(false);
  expect(await sameTemplates(one, fewer)).toBe(false);
  expect(await sameTemplates(join(folder, 'gone'), one)).toBe(false);
});
