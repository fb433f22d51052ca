import type { Rendition } from '@triptych/images/core';
import { allRenditions } from './all-renditions.ts';

export interface PiecesDone {
  readonly pieces: number;
  /** Number of failed invocations, including those whose piece succeeded later. */
  readonly lostInvocations: number;
  /** Pieces that failed in every attempt. */
  readonly failed: readonly Rendition[];
}

/**
 * Runs the job as one function invocation per rendition, so that each fits into a function's time limit. The caller must track
 * which pieces are waiting, which failed and need a retry, and when all are done.
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
