import type { Rendition } from '@triptych/images/core';
import { allRenditions } from './all-renditions.ts';

export interface PiecesDone {
  readonly pieces: number;
  /** Invocations that failed, whether or not their piece was made in the end. */
  readonly lostInvocations: number;
  /** Pieces that no attempt made. */
  readonly failed: readonly Rendition[];
}

/**
 * The same cut into pieces that a function's time suffices for: an invocation for each rendition. Whoever cuts has to keep
 * track: what is waiting, what failed and must be tried again, when all are done.
 */
export async function makeInPieces(
  imageIds: readonly string[],
  invoke: (rendition: Rendition) => Promise<void>,
  options: { readonly atOnce: number; readonly attempts: number },
): Promise<PiecesDone> {
  const waiting = imageIds.flatMap(allRenditions).map((rendition) => ({ rendition, attempt: 1 }));
  const pieces = waiting.length;
  const failed: Rendition[] = [];
  let lostInvocations = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { rendition, attempt } = next;
      try {
        await invoke(rendition);
      } catch {
        lostInvocations += 1;
        if (attempt < options.attempts) waiting.push({ rendition, attempt: attempt + 1 });
        else failed.push(rendition);
      }
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  return { pieces, lostInvocations, failed };
}
