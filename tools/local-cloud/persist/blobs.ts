import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a value's bytes lie. */
export interface BlobName {
  readonly name: string;
  readonly length: number;
}

/** Bytes as files, each written once. A file without its whole length counts as not there. */
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

  /** Removes files that nobody refers to: a crash came between the file and its line in the journal. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of readdirSync(this.#folder)) {
      if (!names.has(name)) rmSync(join(this.#folder, name), { force: true });
    }
  }
}
