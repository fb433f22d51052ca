import { inMemoryRefreshFamilies } from './in-memory-refresh-families.ts';
import { refreshFamiliesContract } from './refresh-families-contract.ts';

refreshFamiliesContract('memory', async () => inMemoryRefreshFamilies());
