import { builtinModules } from 'node:module';
import { describe, expect, test } from 'vitest';
import { manifests, sources, specifiersIn, workspaceOf } from './support/imports.ts';

const isTest = (file: string) => /\.test\.ts$|(^|\/)(testing|tests)\//.test(file);
interface Import {
  readonly file: string;
  readonly name: string;
  /** Imported by a test, or by a file that only tests use. */
  readonly forTests: boolean;
}

/** The packages that a file imports, without Node's own modules and relative paths. */
function packagesIn(file: string): Import[] {
  return specifiersIn(file).flatMap((specifier) => {
    if (/^(\.|node:|[a-z]+:)/.test(specifier) || builtinModules.includes(specifier)) return [];
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    return [{ file, name, forTests: isTest(file) }];
  });
}

const imported = new Map<string, Import[]>([...manifests.keys()].map((folder) => [folder, []]));
for (const file of sources) {
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
        // The root is never installed as a dependency, so all of its packages are for development.
        const ownOnly = forTests || folder === '.';
        const declared = ownOnly ? [...runtime, ...development] : runtime;
        return !names(name).some((candidate) => declared.includes(candidate));
      })
      .map(({ file, name }) => `${file} imports ${name}`);
    expect(undeclared).toEqual([]);
  });

  test('declares only packages that it imports', () => {
    // The root also declares tools that are run by name.
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

/** AWS does not release these together with the other clients, so they lack some version numbers. */
const NUMBERED_SEPARATELY = [
  '@aws-sdk/checksums',
  '@aws-sdk/client-cost-explorer',
  '@aws-sdk/client-dynamodb-streams',
  '@aws-sdk/client-service-quotas',
  '@aws-sdk/util-dynamodb',
];

test('all AWS SDK packages share one version', () => {
  const declared = declaredVersions(
    (name) => name.startsWith('@aws-sdk/') && !NUMBERED_SEPARATELY.includes(name),
  );
  expect(declared.size).toBeGreaterThan(5);
  const versions = new Set([...declared.values()].flatMap((found) => [...found]));
  expect([...versions], 'use the newest version that all of them have').toHaveLength(1);
});
