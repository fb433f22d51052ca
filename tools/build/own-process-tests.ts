/**
 * Test files that each run in their own process (vitest.config.ts), relative to the repository's root. A process costs half a
 * second, so all other files share threads. tests/architecture compares this list with the imports.
 */
export const OWN_PROCESS_TESTS: readonly string[] = [
  // They set which of sharp's loaders the whole process may use.
  'libs/images/adapters/damaged-pictures.test.ts',
  'libs/images/adapters/declared-colour.test.ts',
  'libs/images/adapters/encoder-revision.test.ts',
  'libs/images/adapters/sharp-processor.test.ts',
  'libs/images/messages/image-messages.contract.test.ts',
  // They make pictures with all of sharp's loaders.
  'libs/images/adapters/formats/jpeg-markers.test.ts',
  'tools/comparison/run/parts/limits/picture-of-size.test.ts',
  'tools/seed/product-picture.test.ts',
  'tools/seed/seed-shop.test.ts',
  // It uses the platform's clients without a data plane of its own file.
  'tools/shop/operate/operate.test.ts',
];
