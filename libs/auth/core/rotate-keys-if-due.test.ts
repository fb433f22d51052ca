import { describe, expect, it } from 'vitest';
import { inMemoryAuth, sharedRing } from '../testing/in-memory-auth.ts';
import { ringCacheMs, rotationRules } from './signing-keys.ts';

const address = '203.0.113.7';
const dayMs = 86_400_000;
const credentials = { email: 'mara@example.com', password: 'nine lives of a cat' };

async function published(auth: ReturnType<typeof inMemoryAuth>['auth']): Promise<string[]> {
  return (await auth.keySet()).keys.map((key) => key.kid);
}

describe('signing keys', () => {
  it('come into being once, however many processes start on an empty table', async () => {
    const ring = sharedRing();
    const processes = Array.from({ length: 5 }, () => inMemoryAuth({ ring }));
    const sets = await Promise.all(processes.map(({ auth }) => published(auth)));
    expect(new Set(sets.flat()).size).toBe(1);
    expect(ring.state.stored?.keys).toHaveLength(1);
  });

  it('are read once for many requests, and again after a minute', async () => {
    const { auth, clock, ring } = inMemoryAuth();
    await auth.keySet();
    const loads = ring.state.loads;
    await Promise.all([auth.keySet(), auth.keySet(), auth.keySet()]);
    expect(ring.state.loads).toBe(loads);
    clock.nowMs += ringCacheMs;
    await auth.keySet();
    expect(ring.state.loads).toBe(loads + 1);
  });

  it('are asked for again after a failed read', async () => {
    const { auth, ring } = inMemoryAuth();
    const load = ring.load;
    ring.load = async () => Promise.reject(new Error('table away'));
    await expect(auth.keySet()).rejects.toThrow('table away');
    ring.load = load;
    await expect(published(auth)).resolves.toHaveLength(1);
  });
});

describe('rotation by a daily schedule', () => {
  it('publishes the next key a day or more before it signs, and signs with it after 30 days', async () => {
    const { auth, clock, ring } = inMemoryAuth();
    await auth.keySet();
    for (let day = 1; day <= 31; day += 1) {
      clock.nowMs += dayMs;
      await auth.rotateKeysIfDue();
    }
    const keys = ring.state.stored?.keys ?? [];
    const [current] = keys.filter((key) => key.state === 'current');
    expect(keys.map((key) => key.state)).toEqual(['current']);
    expect(current?.kid).toBe('key-2');
    const lead = (current?.activatedAtMs ?? 0) - (current?.publishedAtMs ?? 0);
    expect(lead).toBeGreaterThanOrEqual(rotationRules.publishedBeforeMs);
  });

  it('keeps a retired key published until its last token is dead, then drops it', async () => {
    const { auth, clock } = inMemoryAuth();
    await auth.register(credentials);
    await auth.keySet();
    clock.nowMs += 28 * dayMs;
    await auth.rotateKeysIfDue();
    clock.nowMs += 2 * dayMs;
    const { accessToken } = await auth.logIn({ ...credentials, address });
    await auth.rotateKeysIfDue();
    expect(await published(auth)).toEqual(['key-1', 'key-2']);
    clock.nowMs += 899_000;
    await expect(auth.me(accessToken)).resolves.toMatchObject({ email: credentials.email });
    clock.nowMs += rotationRules.retiredForMs;
    expect(await published(auth)).toEqual(['key-2']);
  });

  it('never promotes a key younger than a day, not even by command', async () => {
    const { auth, clock } = inMemoryAuth();
    await auth.keySet();
    expect(await auth.rotateKeysIfDue(true)).toMatchObject({ publishNext: true });
    clock.nowMs += dayMs - 1;
    expect(await auth.rotateKeysIfDue(true)).toMatchObject({ promoteNext: false });
    clock.nowMs += 1;
    expect(await auth.rotateKeysIfDue(true)).toMatchObject({ promoteNext: true });
  });

  it('by command is finished by the schedule a day later, though the current key is young', async () => {
    const { auth, clock, ring } = inMemoryAuth();
    await auth.keySet();
    await auth.rotateKeysIfDue(true);
    clock.nowMs += dayMs;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ promoteNext: true });
    expect(ring.state.stored?.keys.map((key) => key.state)).toEqual(['retired', 'current']);
    clock.nowMs += dayMs;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ promoteNext: false, publishNext: false });
  });

  it('by command makes a key that the schedule has published sign a day after that', async () => {
    const { auth, clock } = inMemoryAuth();
    await auth.keySet();
    clock.nowMs += 28 * dayMs;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ publishNext: true });
    expect(await auth.rotateKeysIfDue(true)).toMatchObject({ hastenNext: true });
    expect(await auth.rotateKeysIfDue(true)).toMatchObject({ hastenNext: false });
    clock.nowMs += dayMs;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ promoteNext: true });
  });

  it('does its work once when two workers get the same message', async () => {
    const ring = sharedRing();
    const [one, two] = [inMemoryAuth({ ring }), inMemoryAuth({ ring })];
    await one.auth.keySet();
    for (const { clock } of [one, two]) clock.nowMs += 28 * dayMs;
    await Promise.all([one.auth.rotateKeysIfDue(), two.auth.rotateKeysIfDue()]);
    expect(ring.state.stored?.keys.map((key) => key.state)).toEqual(['current', 'next']);
  });

  it('does nothing on an ordinary day', async () => {
    const { auth, clock, ring } = inMemoryAuth();
    await auth.keySet();
    clock.nowMs += dayMs;
    await auth.rotateKeysIfDue();
    expect(ring.state.stored?.version).toBe(1);
  });
});
