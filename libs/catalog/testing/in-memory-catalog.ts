import { createCatalog } from '../core/index.ts';
import { inMemoryStore } from './in-memory-store.ts';

/** The catalog with every port in memory and a clock that the test sets: for unit tests of the use cases only. */
export function inMemoryCatalog() {
  const store = inMemoryStore();
  const clock = { nowMs: Date.parse('2026-02-01T12:00:00.000Z'), now: () => clock.nowMs };
  let lastId = 0;
  const ids = { next: () => `id-${++lastId}` };
  const uploads = {
    issue: async ({ imageId }: { imageId: string }) => ({
      url: 'https://bucket.example',
      fields: { key: `uploads/${imageId}` },
    }),
  };
  return {
    catalog: createCatalog({ store, uploads, clock, ids }),
    store,
    clock,
    events: store.events,
  };
}
