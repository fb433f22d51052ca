import { beforeEach, describe, expect, it } from 'vitest';
import type { KeyRing, KeyStore } from '../core/index.ts';

/** The behaviour every key store must have. `open` returns an empty one. */
export function keyStoreContract(name: string, open: () => Promise<KeyStore>): void {
  let keys: KeyStore;
  beforeEach(async () => {
    keys = await open();
  });

  describe(`the key ring in ${name}`, () => {
    it('is read as it was saved', async () => {
      expect(await keys.load()).toBeUndefined();
      expect(await keys.save(ring(1), undefined)).toBe(true);
      expect(await keys.load()).toEqual(ring(1));
    });

    it('is created once when several processes save the first ring concurrently', async () => {
      const saves = Array.from({ length: 6 }, () => keys.save(ring(1), undefined));
      const saved = await Promise.all(saves);
      expect(saved.filter(Boolean)).toHaveLength(1);
    });

    it('is saved only over the version it replaces', async () => {
      expect(await keys.save(ring(2), 1)).toBe(false);
      expect(await keys.load()).toBeUndefined();
      await keys.save(ring(1), undefined);
      expect(await keys.save(ring(3), 2)).toBe(false);
      expect(await keys.save(ring(2), 1)).toBe(true);
      expect(await keys.save(ring(2), undefined)).toBe(false);
      expect(await keys.load()).toEqual(ring(2));
    });

    it('is replaced once when several processes replace the same version concurrently', async () => {
      await keys.save(ring(1), undefined);
      const saves = Array.from({ length: 6 }, () => keys.save(ring(2), 1));
      const saved = await Promise.all(saves);
      expect(saved.filter(Boolean)).toHaveLength(1);
    });
  });
}

function ring(version: number): KeyRing {
  const kid = `k${version}`;
  return {
    version,
    keys: [
      {
        kid,
        publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid, alg: 'ES256', use: 'sig' },
        sealedPrivateKey: 'v1.sealed',
        state: 'current',
        publishedAtMs: 1,
        activatedAtMs: 1,
      },
    ],
  };
}
