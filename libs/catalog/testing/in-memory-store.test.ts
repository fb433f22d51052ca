import { inMemoryStore } from './in-memory-store.ts';
import { storeContract } from './store-contract.ts';

storeContract('memory', async () => {
  const store = inMemoryStore();
  return { store, events: async () => store.events };
});
