import { unexpired } from './expiry.ts';
import type { Clock, UploadStore } from './ports.ts';

export interface RecordVerdict {
  readonly imageId: string;
  /** The images worker's decision; a rejection carries its code. */
  readonly verdict: 'accepted' | { readonly rejected: string };
}

interface Deps {
  store: Pick<UploadStore, 'findUpload' | 'attach' | 'reject'>;
  clock: Clock;
}

/**
 * Records the verdict on an upload. Idempotent: a verdict on an unknown or already decided upload
 * has no effect.
 */
export async function recordVerdict(deps: Deps, command: RecordVerdict): Promise<void> {
  const { imageId, verdict } = command;
  const upload = unexpired(await deps.store.findUpload(imageId), deps.clock.now());
  if (upload?.status !== 'pending') return;
  if (verdict !== 'accepted') return deps.store.reject(upload, verdict.rejected);
  return deps.store.attach(upload, new Date(deps.clock.now()).toISOString());
}
