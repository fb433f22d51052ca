import { announcerContract } from './announcer-contract.ts';
import { inMemoryAnnouncer } from './in-memory-announcer.ts';
import { inMemoryOriginals } from './in-memory-originals.ts';
import { inMemoryRenditions } from './in-memory-renditions.ts';
import { originalsContract } from './originals-contract.ts';
import { renditionsContract } from './renditions-contract.ts';

originalsContract('memory', async () => {
  const { originals, uploads } = inMemoryOriginals();
  return { originals, upload: async (imageId, bytes) => void uploads.set(imageId, bytes) };
});

renditionsContract('memory', async () => inMemoryRenditions().renditions);

announcerContract('memory', inMemoryAnnouncer);
