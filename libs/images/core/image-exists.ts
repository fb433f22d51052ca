import type { OriginalStore } from './ports.ts';

interface Deps {
  readonly originals: Pick<OriginalStore, 'facts'>;
}

/** Whether an image was accepted. Reads no pixels, which is enough to answer 304. */
export async function imageExists(deps: Deps, imageId: string): Promise<boolean> {
  return (await deps.originals.facts(imageId)) !== undefined;
}
