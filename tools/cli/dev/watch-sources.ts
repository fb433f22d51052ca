import { createHash } from 'node:crypto';
import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '@triptych/base/user-error';

/** An editor's save is several events. */
const settleMs = 40;

/**
 * Tells which of the sources were saved with another content, one batch after the other. Watches their folders: many editors
 * put a new file in the place of the old one.
 */
export class SourceWatch {
  readonly #root: string;
  readonly #onChange: (files: string[]) => Promise<void>;
  readonly #hashes = new Map<string, string>();
  readonly #folders = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #checking = false;

  /** @param onChange gets paths relative to `root`; what it throws is the caller's to catch */
  constructor(root: string, onChange: (files: string[]) => Promise<void>) {
    this.#root = root;
    this.#onChange = onChange;
  }

  /**
   * Adds sources to those that are watched.
   * @param sinceMs what was saved after this time is news already
   * @throws UserError when the system allows no more watches
   */
  add(sources: Iterable<string>, sinceMs = Number.POSITIVE_INFINITY): void {
    for (const file of sources) {
      if (this.#hashes.has(file)) continue;
      const path = join(this.#root, file);
      const saved = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      this.#hashes.set(file, saved > sinceMs ? '' : (hashOf(path) ?? ''));
      if (saved > sinceMs) this.#soon();
      this.#watchFolder(dirname(path));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#folders.values()) watcher.close();
  }

  #watchFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    try {
      const watcher = watch(folder, () => this.#soon());
      // A folder that goes away is no news: what was in it no longer compiles, and the build will say so.
      watcher.on('error', () => watcher.close());
      this.#folders.set(folder, watcher);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      throw new UserError(
        'The system allows no more file watches: raise fs.inotify.max_user_watches.',
      );
    }
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), settleMs);
  }

  async #check(): Promise<void> {
    if (this.#checking) return this.#soon();
    this.#checking = true;
    try {
      const changed = [...this.#hashes.keys()].filter((file) => {
        const hash = hashOf(join(this.#root, file));
        if (hash === undefined || hash === this.#hashes.get(file)) return false;
        this.#hashes.set(file, hash);
        return true;
      });
      if (changed.length > 0) await this.#onChange(changed);
    } finally {
      this.#checking = false;
    }
  }
}

/** Undefined for a file that is not there, as in the middle of a save. */
function hashOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('base64');
  } catch {
    return undefined;
  }
}
