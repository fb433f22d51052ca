import { VARIANTS } from '@triptych/context-map';
import type { ServiceNames } from './word-forms.ts';

type Versions = Record<string, string>;

/** The fields of a package.json that npm copies into its lockfile. */
interface Manifest {
  name: string;
  version: string;
  license: string;
  dependencies: Versions;
  devDependencies: Versions;
}

interface Lockfile {
  packages: Record<string, Partial<Manifest> | { resolved: string; link: true }>;
}

/**
 * Adds a library to package-lock.json, as `npm install` does. No registry is needed, because the library brings no package that
 * is not there.
 * @param manifest text of the library's package.json
 */
export function lockLibrary(lockfile: string, { name }: ServiceNames, manifest: string): string {
  const lock = JSON.parse(lockfile) as Lockfile;
  const { version, license, dependencies, devDependencies, ...rest } = JSON.parse(
    manifest,
  ) as Manifest;
  const folder = `libs/${name}`;
  const added: Lockfile['packages'] = {
    [folder]: { name: rest.name, version, license, dependencies, devDependencies },
    [`node_modules/${rest.name}`]: { resolved: folder, link: true },
  };
  for (const variant of VARIANTS) {
    const app = lock.packages[`apps/${variant}`] as Partial<Manifest> | undefined;
    if (!app) throw new Error(`it has no package apps/${variant}.`);
    app.dependencies = sorted({ ...app.dependencies, [rest.name]: version });
  }
  lock.packages = sorted({ ...lock.packages, ...added });
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Takes the versions of a new library's dependencies from another library, because all workspaces share them. */
export function withVersionsOf(manifest: string, other: string): string {
  const { dependencies, devDependencies } = JSON.parse(other) as Manifest;
  const known: Versions = { ...dependencies, ...devDependencies };
  const own = JSON.parse(manifest) as Manifest;
  for (const section of [own.dependencies, own.devDependencies]) {
    for (const name of Object.keys(section)) section[name] = known[name] ?? section[name] ?? '';
  }
  return `${JSON.stringify(own, null, 2)}\n`;
}

/** npm's own order of keys. */
function sorted<Value>(entries: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(entries).toSorted(([a], [b]) => a.localeCompare(b, 'en')),
  );
}
