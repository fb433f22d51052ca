import { beforeEach, describe, expect, it } from 'vitest';
import type { OriginalStore } from '../core/index.ts';

export interface OriginalsUnderTest {
  readonly originals: OriginalStore;
  /** Stores an upload, as a browser does with the catalog's form. */
  upload(imageId: string, bytes: Uint8Array): Promise<void>;
}

const facts = { widthPx: 30, heightPx: 20, format: 'png' };
const bytes = new TextEncoder().encode('a picture');

/**
 * The contract of the store of originals. Every implementation must pass it.
 * @param open opens an empty store
 */
export function originalsContract(name: string, open: () => Promise<OriginalsUnderTest>): void {
  let originals: OriginalStore;
  let upload: OriginalsUnderTest['upload'];
  beforeEach(async () => {
    ({ originals, upload } = await open());
  });

  describe(`uploads in ${name}`, () => {
    it('can be read', async () => {
      await upload('i1', bytes);
      expect(await originals.readUpload('i1', 9)).toEqual(bytes);
    });

    it('are not read beyond the limit, and the next call still works', async () => {
      await upload('i1', bytes);
      expect(await originals.readUpload('i1', 8)).toBe('too-large');
      expect(await originals.readUpload('i1', 9)).toEqual(bytes);
    });

    it('are missing once removed, and can be removed twice', async () => {
      await upload('i1', bytes);
      await originals.removeUpload('i1');
      await originals.removeUpload('i1');
      expect(await originals.readUpload('i1', 9)).toBe('missing');
    });
  });

  describe(`originals in ${name}`, () => {
    it('are stored with their facts', async () => {
      expect(await originals.keep('i1', bytes, facts)).toEqual(facts);
      expect(await originals.verdict('i1')).toEqual(facts);
      expect(await originals.facts('i1')).toEqual(facts);
      expect(await originals.read('i1')).toEqual(bytes);
    });

    it('are not replaced, and the first facts are returned', async () => {
      await originals.keep('i1', bytes, facts);
      const second = { ...facts, widthPx: 99 };
      expect(await originals.keep('i1', new Uint8Array([1]), second)).toEqual(facts);
      expect(await originals.read('i1')).toEqual(bytes);
    });

    it('are stored once by concurrent calls', async () => {
      const widths = [1, 2, 3, 4, 5, 6];
      const keep = (widthPx: number) =>
        originals.keep('i1', new Uint8Array([widthPx]), { ...facts, widthPx });
      const verdicts = await Promise.all(widths.map(keep));
      const [kept] = (await originals.read('i1')) ?? [];
      expect(verdicts).toEqual(widths.map(() => ({ ...facts, widthPx: kept })));
    });

    it('are absent once rejected, and the first verdict is final either way', async () => {
      const rejection = { rejected: 'truncated-image' };
      expect(await originals.reject('i1', 'truncated-image')).toEqual(rejection);
      expect(await originals.keep('i1', bytes, facts)).toEqual(rejection);
      expect(await originals.reject('i1', 'too-many-pixels')).toEqual(rejection);
      expect(await originals.verdict('i1')).toEqual(rejection);
      expect(await originals.read('i1')).toBeUndefined();
      expect(await originals.facts('i1')).toBeUndefined();
      await originals.keep('i2', bytes, facts);
      expect(await originals.reject('i2', 'too-many-pixels')).toEqual(facts);
    });

    it('are undefined if there is no verdict', async () => {
      await upload('i1', bytes);
      expect(await originals.verdict('i1')).toBeUndefined();
      expect(await originals.facts('i1')).toBeUndefined();
      expect(await originals.read('i1')).toBeUndefined();
    });
  });
}
