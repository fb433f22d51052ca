import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file that holds a value's bytes. */
export interface BlobName {
  readonly name: string;
  readonly length: number;
}

/** Stores bytes in files that are written once. A file with a wrong length counts as missing. */
export class Blobs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  save(bytes: Buffer): BlobName {
    const name = randomUUID();
    const path = join(this.#folder, name);
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
    return { name, length: bytes.length };
  }

  read({ name, length }: BlobName): Buffer | undefined {
    try {
      const bytes = readFileSync(join(this.#folder, name));
      return bytes.length === length ? bytes : undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  remove({ name }: BlobName): void {
    rmSync(join(this.#folder, name), { force: true });
  }

  /** Removes unreferenced files: a crash can occur after the file and before its journal line. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of readdirSync(this.#folder)) {
      if (!names.has(name)) rmSync(join(this.#folder, name), { force: true });
    }
  }
}
