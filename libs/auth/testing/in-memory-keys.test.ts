import { inMemoryKeys } from './in-memory-keys.ts';
import { keyStoreContract } from './key-store-contract.ts';

keyStoreContract('memory', async () => inMemoryKeys());
