import type { Variant } from '@triptych/images/core';
import { allVariants } from './all-variants.ts';

export interface PiecesDone {
  readonly pieces: number;
  /** Invocations that failed, whether or not their piece was made in the end. */
  readonly lostInvocations: number;
  /** Pieces that no attempt made. */
  readonly failed: readonly Variant[];
}

/**
 * The same cut into pieces that a function's time suffices for: an invocation for each variant. Whoever cuts has to keep
 * track: what is waiting, what failed and must be tried again, when all are done.
 */
export async function makeInPieces(
  imageIds: readonly string[],
  invoke: (variant: Variant) => Promise<void>,
  options: { readonly atOnce: number; readonly attempts: number },
): Promise<PiecesDone> {
  const waiting = imageIds.flatMap(allVariants).map((variant) => ({ variant, attempt: 1 }));
  const pieces = waiting.length;
  const failed: Variant[] = [];
  let lostInvocations = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { variant, attempt } = next;
      try {
        await invoke(variant);
      } catch {
        lostInvocations += 1;
        if (attempt < options.attempts) waiting.push({ variant, attempt: attempt + 1 });
        else failed.push(variant);
      }
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  return { pieces, lostInvocations, failed };
}
