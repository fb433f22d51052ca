import { stop } from 'esbuild';
import type { Deployable } from './bundle.ts';
import { rebundle } from './rebundle.ts';

/**
 * Measures a rebuild as after a change. Unchanged artifacts are not written.
 * @returns the duration in milliseconds, including the start of esbuild
 * @throws Error as {@link rebundle} does
 */
export async function timeRebundle(
  deployables: readonly Deployable[],
  root: string,
): Promise<number> {
  const since = performance.now();
  try {
    await rebundle(deployables, root);
    return performance.now() - since;
  } finally {
    // Otherwise esbuild's process would keep everything it parsed.
    await stop();
  }
}
