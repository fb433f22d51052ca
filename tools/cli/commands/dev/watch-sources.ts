import { createHash } from 'node:crypto';
import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '@triptych/base/user-error';

/** An editor's save raises several events. */
const SETTLE_MS = 40;

/**
 * Reports the source files whose contents changed, one batch at a time. Watches folders instead of files, because many
 * editors replace a file when they save it.
 */
export class SourceWatch {
  readonly #root: string;
  readonly #onChange: (files: string[]) => Promise<void>;
  readonly #hashes = new Map<string, string>();
  readonly #folders = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #checking = false;

  /** @param onChange receives paths relative to `root`; it must not throw */
  constructor(root: string, onChange: (files: string[]) => Promise<void>) {
    this.#root = root;
    this.#onChange = onChange;
  }

  /**
   * Watches more source files.
   * @param sinceMs files saved after this time (ms since 1970) count as changed
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
      // A deleted folder needs no report: the next build fails and names the missing file.
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
    this.#timer = setTimeout(() => void this.#check(), SETTLE_MS);
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

/** Undefined for a missing file, for example in the middle of a save. */
function hashOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('base64');
  } catch {
    return undefined;
  }
}
