import { stop } from 'esbuild';
import type { Deployable } from './bundle.ts';
import { rebundle } from './rebundle.ts';

/**
 * Bundles roots as after a change. What comes out as it was, which is all of it when no source has changed, is not written.
 * @returns milliseconds that it took, with the start of esbuild
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
    // Its process would stay, with everything that it has parsed.
    await stop();
  }
}
