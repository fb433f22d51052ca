import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = dirname(dirname(import.meta.dirname));

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/** Every file of the repository, as git lists them. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));

const manifests = new Map<string, Manifest>(
  files
    .filter((file) => /(^|\/)package\.json$/.test(file))
    .map((file) => [dirname(file), JSON.parse(readFileSync(join(root, file), 'utf8'))]),
);

/** The folder of the workspace that a file belongs to; what lies in none (scripts) is the root's. */
function workspaceOf(file: string): string {
  const folder = dirname(file);
  return folder === '.' || manifests.has(folder) ? folder : workspaceOf(folder);
}

const isTest = (file: string) => /\.test\.ts$|(^|\/)(testing|tests)\//.test(file);
/** `import … from`, `export … from` and bare `import` at the start of a line; `import()` and a created `load()` anywhere. */
const imports =
  /^(?:import|export)\s+(?:[^'";]*?\sfrom\s+)?'([^']+)'|\b(?:import|load)\(\s*'([^']+)'\s*\)/gm;

interface Import {
  readonly file: string;
  readonly name: string;
  /** By a test or what only tests use. */
  readonly forTests: boolean;
}

/** What a file imports from packages: Node's own and relative paths are left out. */
function packagesIn(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(imports)].flatMap(([, path, loaded]) => {
    const specifier = path ?? loaded ?? '';
    if (/^(\.|node:|[a-z]+:)/.test(specifier) || builtinModules.includes(specifier)) return [];
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    return [{ file, name, forTests: isTest(file) }];
  });
}

const imported = new Map<string, Import[]>([...manifests.keys()].map((folder) => [folder, []]));
for (const file of files.filter((name) => /\.(ts|js|mjs)$/.test(name))) {
  imported.get(workspaceOf(file))?.push(...packagesIn(file));
}

/** The names under which a package's code or types may be declared. */
const names = (name: string) => [name, `@types/${name.replace('@', '').replace('/', '__')}`];

describe.each([...manifests])('%s', (folder, { name: ownName, ...manifest }) => {
  const runtime = Object.keys(manifest.dependencies ?? {});
  const development = Object.keys(manifest.devDependencies ?? {});
  const used = (imported.get(folder) ?? []).filter(({ name }) => name !== ownName);

  test('declares every package that its sources import', () => {
    const undeclared = used
      .filter(({ name, forTests }) => {
        // Nobody installs the root: all that it needs is for development.
        const ownOnly = forTests || folder === '.';
        const declared = ownOnly ? [...runtime, ...development] : runtime;
        return !names(name).some((candidate) => declared.includes(candidate));
      })
      .map(({ file, name }) => `${file} imports ${name}`);
    expect(undeclared).toEqual([]);
  });

  test('declares nothing that it does not import', () => {
    // The root also holds the tools that are run by name.
    const declared = folder === '.' ? [] : [...runtime, ...development];
    const wanted = new Set(used.flatMap(({ name }) => names(name)));
    expect(declared.filter((name) => !wanted.has(name))).toEqual([]);
  });
});

/** The declared versions of each package that `wanted` accepts, over all workspaces. */
function declaredVersions(wanted: (name: string) => boolean): Map<string, Set<string>> {
  const versions = new Map<string, Set<string>>();
  for (const { dependencies, devDependencies } of manifests.values()) {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      if (wanted(name)) versions.set(name, new Set([...(versions.get(name) ?? []), version]));
    }
  }
  return versions;
}

test('a package has one version in all workspaces', () => {
  const several = [...declaredVersions(() => true)].filter(([, found]) => found.size > 1);
  expect(several).toEqual([]);
});

/** These have a version number of their own: AWS does not release them together with the clients. */
const NUMBERED_SEPARATELY = ['@aws-sdk/checksums', '@aws-sdk/util-dynamodb'];

test('all AWS SDK packages share one version', () => {
  const declared = declaredVersions(
    (name) => name.startsWith('@aws-sdk/') && !NUMBERED_SEPARATELY.includes(name),
  );
  expect(declared.size).toBeGreaterThan(5);
  const versions = new Set([...declared.values()].flatMap((found) => [...found]));
  expect([...versions], 'use the newest version that all of them have').toHaveLength(1);
});
