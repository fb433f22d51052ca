import { beforeEach, describe, expect, it } from 'vitest';
import type { RefreshFamilies, RefreshFamily } from '../core/index.ts';

const family: RefreshFamily = {
  id: 'f1',
  accountId: 'a1',
  credentialsVersion: 1,
  currentDigest: 'digest-1',
  expiresAtSeconds: 4_000_000_000,
};
const rotated: RefreshFamily = { ...family, currentDigest: 'digest-2' };

/** The behaviour every store of refresh families must have. `open` returns an empty one. */
export function refreshFamiliesContract(name: string, open: () => Promise<RefreshFamilies>): void {
  let families: RefreshFamilies;
  beforeEach(async () => {
    families = await open();
    await families.begin(family);
  });

  describe(`families of refresh tokens in ${name}`, () => {
    it('are found by each of their tokens, current or spent', async () => {
      expect(await families.find('digest-1')).toEqual(family);
      expect(await families.rotate(family, 'digest-2')).toBe(true);
      expect(await families.find('digest-2')).toEqual(rotated);
      expect(await families.find('digest-1')).toEqual(rotated);
      expect(await families.find('digest-3')).toBeUndefined();
    });

    it('accept one of many concurrent exchanges, and the others write nothing', async () => {
      const digests = Array.from({ length: 8 }, (_, index) => `next-${index}`);
      const won = await Promise.all(digests.map((digest) => families.rotate(family, digest)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const known = await Promise.all(digests.map((digest) => families.find(digest)));
      expect(known.map(Boolean)).toEqual(won);
    });

    it('accept a retry of an exchange whose response was lost', async () => {
      expect(await families.rotate(family, 'digest-2')).toBe(true);
      expect(await families.rotate(family, 'digest-2')).toBe(true);
      expect(await families.find('digest-2')).toEqual(rotated);
    });

    it('reject an exchange of a spent token, or for a token that exists', async () => {
      const other = { ...family, id: 'f2', currentDigest: 'other-1' };
      await families.begin(other);
      expect(await families.rotate(other, 'digest-1')).toBe(false);
      expect(await families.find('other-1')).toEqual(other);
      await families.rotate(family, 'digest-2');
      expect(await families.rotate(family, 'digest-3')).toBe(false);
      expect(await families.rotate(rotated, 'digest-1')).toBe(false);
      expect(await families.find('digest-1')).toEqual(rotated);
      expect(await families.find('digest-3')).toBeUndefined();
    });

    it('end once, for the first reason, and accept no exchange after that', async () => {
      expect(await families.end('f1', 'reuse')).toBe('reuse');
      expect(await families.end('f1', 'logout')).toBe('reuse');
      expect(await families.rotate(family, 'digest-2')).toBe(false);
      expect(await families.find('digest-1')).toEqual({ ...family, endedBy: 'reuse' });
      expect(await families.find('digest-2')).toBeUndefined();
    });

    it('end for one reason when they are ended concurrently', async () => {
      const reasons = (['reuse', 'logout', 'reuse', 'logout'] as const).map((by) =>
        families.end('f1', by),
      );
      const [first, ...others] = await Promise.all(reasons);
      expect(others).toEqual([first, first, first]);
      expect((await families.find('digest-1'))?.endedBy).toBe(first);
    });

    it('reject an exchange after they ended, even a retry of one that succeeded', async () => {
      await families.rotate(family, 'digest-2');
      await families.end('f1', 'logout');
      expect(await families.rotate(family, 'digest-2')).toBe(false);
    });

    it('cannot begin twice or with a token that exists', async () => {
      await expect(families.begin(family)).rejects.toThrow('already exists');
      const other = { ...family, id: 'f2' };
      await expect(families.begin(other)).rejects.toThrow('already exists');
      expect(await families.find('digest-1')).toEqual(family);
    });

    it('accept no exchange while unknown, and ending them then has no effect', async () => {
      const unknown = { ...family, id: 'f9', currentDigest: 'digest-9' };
      expect(await families.rotate(unknown, 'digest-10')).toBe(false);
      expect(await families.end('f9', 'logout')).toBe('logout');
      expect(await families.find('digest-10')).toBeUndefined();
    });
  });
}
