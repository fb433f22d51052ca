import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { inMemoryKeys } from '../testing/in-memory-keys.ts';
import { RING_CACHE_MS } from './signing-keys.ts';

describe('the cached key ring', () => {
  it('is created once when several processes start on an empty table', async () => {
    const keys = inMemoryKeys();
    const processes = Array.from({ length: 5 }, () => inMemoryAuth({ keys }));
    const sets = await Promise.all(processes.map(({ auth }) => auth.readKeySet()));
    expect(new Set(sets.flatMap((set) => set.keys.map(({ kid }) => kid))).size).toBe(1);
    expect(keys.state.stored?.keys).toHaveLength(1);
  });

  it('is read once for many requests, and again after a minute', async () => {
    const { auth, clock, keys } = inMemoryAuth();
    await auth.readKeySet();
    const loads = keys.state.loads;
    await Promise.all([auth.readKeySet(), auth.readKeySet(), auth.readKeySet()]);
    expect(keys.state.loads).toBe(loads);
    clock.nowMs += RING_CACHE_MS;
    await auth.readKeySet();
    expect(keys.state.loads).toBe(loads + 1);
  });

  it('is read again after a failed read', async () => {
    const { auth, keys } = inMemoryAuth();
    const { load } = keys;
    keys.load = async () => Promise.reject(new Error('table unavailable'));
    await expect(auth.readKeySet()).rejects.toThrow('table unavailable');
    keys.load = load;
    expect((await auth.readKeySet()).keys).toHaveLength(1);
  });
});
