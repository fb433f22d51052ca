import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SavedState } from '../persist/index.ts';

interface Version {
  readonly version: string;
  /** SHA-256 of the names and contents of its files. */
  readonly hash: string;
  /** Paths relative to the folder. */
  readonly files: readonly string[];
}

/**
 * The published code of functions. A version is a copy of the artifact, so a later build does not change it. With a
 * persist folder, the versions survive a restart.
 */
export class CodeVersions {
  readonly #saved: SavedState;
  readonly #byFunction = new Map<string, Version[]>();
  #folder: string | undefined;

  constructor(saved: SavedState) {
    this.#saved = saved;
  }

  /** The versions of a function, oldest first. */
  of(functionName: string): readonly string[] {
    return this.#of(functionName).map(({ version }) => version);
  }

  /**
   * Publishes an artifact. Like Lambda, returns the newest version if the code has not changed.
   * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
   */
  publish(functionName: string, artifact: string): string {
    const versions = this.#of(functionName);
    const newest = versions.at(-1);
    const contents = filesOf(artifact);
    const hash = hashOf(contents);
    if (newest?.hash === hash) return newest.version;
    const version = String(Number(newest?.version ?? 0) + 1);
    const published = { version, hash, files: [...contents.keys()] };
    const area = areaOf(functionName);
    this.#saved.write([
      ...[...contents].map(([path, bytes]) => ({ area, key: `${version}/${path}`, bytes })),
      { area, key: version, value: published },
    ]);
    versions.push(published);
    this.#copy(functionName, version, contents);
    return version;
  }

  /** The folder of a version's code. */
  folderOf(functionName: string, version: string): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'triptych-versions-'));
    return join(this.#folder, functionName, version);
  }

  /** Deletes a version. */
  delete(functionName: string, version: string): void {
    const versions = this.#of(functionName);
    const index = versions.findIndex((one) => one.version === version);
    const [deleted] = index < 0 ? [] : versions.splice(index, 1);
    if (!deleted) return;
    const keys = [version, ...deleted.files.map((path) => `${version}/${path}`)];
    this.#saved.write(keys.map((key) => ({ area: areaOf(functionName), key })));
    rmSync(this.folderOf(functionName, version), { recursive: true, force: true });
  }

  /** Deletes the copies. Saved versions stay saved. */
  close(): void {
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }

  #of(functionName: string): Version[] {
    const known = this.#byFunction.get(functionName);
    if (known) return known;
    const entries = this.#saved.entries(areaOf(functionName));
    const bytes = new Map(entries.map((entry) => [entry.key, entry.bytes]));
    const versions = entries.flatMap(({ value }) => (value ? [value as Version] : []));
    for (const { version, files } of versions) {
      const read = (path: string) => bytes.get(`${version}/${path}`) ?? Buffer.alloc(0);
      this.#copy(functionName, version, new Map(files.map((path) => [path, read(path)])));
    }
    this.#byFunction.set(functionName, versions);
    return versions;
  }

  #copy(functionName: string, version: string, contents: ReadonlyMap<string, Buffer>): void {
    const folder = this.folderOf(functionName, version);
    for (const [path, bytes] of contents) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  }
}

const areaOf = (functionName: string) => `code versions ${functionName}`;

/** The files below a folder, sorted by their paths relative to it. */
function filesOf(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
}

function hashOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}
