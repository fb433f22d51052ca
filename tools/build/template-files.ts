import { glob, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { slashedPath } from '@triptych/base/slashed-path';

/** Globs of the files that infra/app.ts reads, apart from installed packages and built artifacts. */
export const TEMPLATE_SOURCES = [
  'infra/**/*.ts',
  'libs/{context-map,events}/*.ts',
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
  const [first, second] = await Promise.all([readTemplates(one), readTemplates(other)]);
  return first !== undefined && JSON.stringify(first) === JSON.stringify(second);
}

async function readTemplates(assembly: string): Promise<[string, string][] | undefined> {
  const names = await readdir(assembly).catch(() => undefined);
  const templates = names?.filter((name) => name.endsWith('.template.json')).sort();
  return (
    templates &&
    Promise.all(
      templates.map(
        async (name): Promise<[string, string]> => [
          name,
          await readFile(join(assembly, name), 'utf8'),
        ],
      ),
    )
  );
}
