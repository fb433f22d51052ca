import { inMemoryStores } from './in-memory-stores.ts';
import { storesContract } from './stores-contract.ts';

storesContract('memory', async (clock) => {
  const { events, ...stores } = inMemoryStores(
    () => clock.nowMs,
    async () => ({}),
  );
  return { stores, events: async () => events };
});
