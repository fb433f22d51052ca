import nodeModule from 'node:module';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';

/** In `dist`, which git ignores and `--reset` does not delete. */
const CACHE_FOLDER = join(repositoryRoot, 'dist/.cache/node');

/**
 * Makes Node cache compiled code on disk, with types already stripped, which halves the start-up time of a command. Child
 * processes inherit the setting. NODE_COMPILE_CACHE overrides the folder. Without effect when the folder is not writable or
 * Node has no compile cache.
 */
export function keepCompiledCode(): void {
  process.env.NODE_COMPILE_CACHE ??= CACHE_FOLDER;
  nodeModule.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}
