import { type CatalogStore, createCatalog } from '../core/index.ts';
import { inMemoryStore } from './in-memory-store.ts';

export type InMemoryCatalog = ReturnType<typeof inMemoryCatalog>;

/**
 * The catalog on in-memory ports, with a clock that the test sets, for unit tests.
 * @param between wraps the store that the use cases see
 */
export function inMemoryCatalog(between = (store: CatalogStore) => store) {
  const store = inMemoryStore();
  const clock = { nowMs: Date.parse('2026-02-01T12:00:00.000Z'), now: () => clock.nowMs };
  let lastId = 0;
  const ids = { next: () => `id-${++lastId}` };
  const uploads = {
    issue: async ({ imageId, contentType }: { imageId: string; contentType: string }) => ({
      url: 'https://bucket.example',
      fields: { key: `uploads/${imageId}`, 'Content-Type': contentType },
    }),
  };
  return {
    catalog: createCatalog({ store: between(store), uploads, clock, ids }),
    store,
    clock,
    events: store.events,
  };
}
