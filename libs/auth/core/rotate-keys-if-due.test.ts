import { describe, expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { inMemoryKeys } from '../testing/in-memory-keys.ts';
import { ROTATION_RULES } from './signing-keys.ts';

const address = '203.0.113.7';
const DAY_MS = 86_400_000;
const credentials = { email: 'mara@example.com', password: 'nine lives of a cat' };

async function published(auth: ReturnType<typeof inMemoryAuth>['auth']): Promise<string[]> {
  return (await auth.readKeySet()).keys.map((key) => key.kid);
}

describe('key rotation by a daily schedule', () => {
  it('publishes the next key at least a day before it signs, and signs with it after 30 days', async () => {
    const { auth, clock, keys } = inMemoryAuth();
    await auth.readKeySet();
    for (let day = 1; day <= 31; day += 1) {
      clock.nowMs += DAY_MS;
      await auth.rotateKeysIfDue();
    }
    const stored = keys.state.stored?.keys ?? [];
    const [current] = stored.filter((key) => key.state === 'current');
    expect(stored.map((key) => key.state)).toEqual(['current']);
    expect(current?.kid).toBe('key-2');
    const lead = (current?.activatedAtMs ?? 0) - (current?.publishedAtMs ?? 0);
    expect(lead).toBeGreaterThanOrEqual(ROTATION_RULES.publishedBeforeMs);
  });

  it('publishes a retired key until its last token has expired, then drops it', async () => {
    const { auth, clock } = inMemoryAuth();
    await auth.register(credentials);
    await auth.readKeySet();
    clock.nowMs += 28 * DAY_MS;
    await auth.rotateKeysIfDue();
    clock.nowMs += 2 * DAY_MS;
    const session = await auth.logIn({ ...credentials, address });
    await auth.rotateKeysIfDue();
    expect(await published(auth)).toEqual(['key-1', 'key-2']);
    clock.nowMs += 899_000;
    await expect(auth.readAccount(session)).resolves.toMatchObject({ email: credentials.email });
    clock.nowMs += ROTATION_RULES.retiredForMs;
    expect(await published(auth)).toEqual(['key-2']);
  });

  it('never promotes a key younger than a day, not even on command', async () => {
    const { auth, clock } = inMemoryAuth();
    await auth.readKeySet();
    expect(await auth.rotateKeysIfDue({ early: true })).toMatchObject({ publishNext: true });
    clock.nowMs += DAY_MS - 1;
    expect(await auth.rotateKeysIfDue({ early: true })).toMatchObject({ promoteNext: false });
    clock.nowMs += 1;
    expect(await auth.rotateKeysIfDue({ early: true })).toMatchObject({ promoteNext: true });
  });

  it('finishes, a day later, a rotation started by command, although the current key is young', async () => {
    const { auth, clock, keys } = inMemoryAuth();
    await auth.readKeySet();
    await auth.rotateKeysIfDue({ early: true });
    clock.nowMs += DAY_MS;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ promoteNext: true });
    expect(keys.state.stored?.keys.map((key) => key.state)).toEqual(['retired', 'current']);
    clock.nowMs += DAY_MS;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ promoteNext: false, publishNext: false });
  });

  it('promotes a published key a day after its publication if a command asked for it', async () => {
    const { auth, clock } = inMemoryAuth();
    await auth.readKeySet();
    clock.nowMs += 28 * DAY_MS;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ publishNext: true });
    expect(await auth.rotateKeysIfDue({ early: true })).toMatchObject({ hastenNext: true });
    expect(await auth.rotateKeysIfDue({ early: true })).toMatchObject({ hastenNext: false });
    clock.nowMs += DAY_MS;
    expect(await auth.rotateKeysIfDue()).toMatchObject({ promoteNext: true });
  });

  it('changes the ring once when two workers receive the same message', async () => {
    const keys = inMemoryKeys();
    const [one, two] = [inMemoryAuth({ keys }), inMemoryAuth({ keys })];
    await one.auth.readKeySet();
    for (const { clock } of [one, two]) clock.nowMs += 28 * DAY_MS;
    await Promise.all([one.auth.rotateKeysIfDue(), two.auth.rotateKeysIfDue()]);
    expect(keys.state.stored?.keys.map((key) => key.state)).toEqual(['current', 'next']);
  });

  it('does nothing when nothing is due', async () => {
    const { auth, clock, keys } = inMemoryAuth();
    await auth.readKeySet();
    clock.nowMs += DAY_MS;
    await auth.rotateKeysIfDue();
    expect(keys.state.stored?.version).toBe(1);
  });
});
