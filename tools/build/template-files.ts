import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { slashedPath } from '@triptych/base/slashed-path';
import { contentsHash } from './contents-hash.ts';

/** Globs of the files that infra/app.ts reads, apart from installed packages and built artifacts. */
export const TEMPLATE_SOURCES = [
  'infra/**/*.ts',
  'infra/package.json',
  'libs/{context-map,events}/*.ts',
  'libs/checkout/states/*.ts',
  'libs/platform/{aws,config}/*.ts',
  'libs/images/edge/*.js',
] as const;

/** The source files of the templates, relative to the repository, with slashes and without tests. */
export async function templateFiles(root: string): Promise<string[]> {
  const exclude = (name: string) => name === 'node_modules';
  const found = await Array.fromAsync(glob([...TEMPLATE_SOURCES], { cwd: root, exclude }));
  return found
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => slashedPath(file))
    .sort();
}

/** Whether two cloud assemblies contain the same templates. False when one of them no longer exists. */
export async function sameTemplates(one: string, other: string): Promise<boolean> {
  if (!existsSync(one) || !existsSync(other)) return false;
  return (await templatesHash(one)) === (await templatesHash(other));
}

async function templatesHash(assembly: string): Promise<string> {
  return (await contentsHash(assembly, ['*.template.json'])).digest('hex');
}
