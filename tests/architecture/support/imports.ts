import { dirname, join, normalize } from 'node:path';
import { read, repositoryFiles } from './repository-files.ts';

export interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const files = repositoryFiles();

/** Every source file, as a path relative to the repository root. */
export const sources = files.filter((file) => /\.(ts|tsx|js|mjs)$/.test(file));

/** The workspaces' manifests by folder; `.` is the root. A package.json without a name only sets the module format. */
export const manifests: ReadonlyMap<string, Manifest> = new Map(
  files
    .filter((file) => /(^|\/)package\.json$/.test(file))
    .map((file): [string, Manifest] => [dirname(file), JSON.parse(read(file))])
    .filter(([, { name }]) => name !== undefined),
);

/** The folder of the workspace that a file belongs to, or `.` if it belongs to none. */
export function workspaceOf(file: string): string {
  const folder = dirname(file);
  return folder === '.' || manifests.has(folder) ? folder : workspaceOf(folder);
}

/** `import … from`, `export … from` and bare `import` at the start of a line; `import()` and a created `load()` anywhere. */
const statement =
  /^(?:import|export)\s+(?:[^'";]*?\sfrom\s+)?'([^']+)'|\b(?:import|load)\(\s*'([^']+)'\s*\)/gm;

/** The specifiers that a file imports, types included. */
export function specifiersIn(file: string): string[] {
  return [...read(file).matchAll(statement)].map(([, path, loaded]) => path ?? loaded ?? '');
}

const folders = new Map([...manifests].map(([folder, { name }]) => [name, folder]));

/**
 * The repository file that a specifier leads to, by relative path or by the exports of one of our packages; undefined for
 * other packages. A path that no export declares leads to `<folder>/?<subpath>`.
 */
export function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  const name = specifier.split('/', 2).join('/');
  const folder = folders.get(name);
  if (folder === undefined) return undefined;
  const subpath = `.${specifier.slice(name.length)}`;
  return normalize(join(folder, manifests.get(folder)?.exports?.[subpath] ?? `?${subpath}`));
}

/** Files and everything that they import, directly or not, types included. */
export function importedBy(files: readonly string[]): Set<string> {
  const found = new Set(files);
  for (const file of found) {
    for (const specifier of specifiersIn(file)) {
      const target = targetOf(file, specifier);
      if (target !== undefined && sources.includes(target)) found.add(target);
    }
  }
  return found;
}
