import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { inMemoryAuth } from '../testing/in-memory-auth.ts';
import { inMemoryRefreshFamilies } from '../testing/in-memory-refresh-families.ts';
import type { RefreshFamilies } from './ports.ts';
import type { Session } from './sessions.ts';

const credentials = {
  email: 'mara@example.com',
  password: 'nine lives of a cat',
  address: '203.0.113.7',
};

/** `nth` picks one of the tokens issued so far, current or spent, of one of two families. */
const step = fc.record({
  family: fc.nat(1),
  nth: fc.nat(20),
  times: fc.integer({ min: 1, max: 3 }),
});
const steps = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 8 });

/** Delays each call until the scheduler resumes it, so that concurrent requests interleave in any order. */
function scheduled(store: RefreshFamilies, scheduler: fc.Scheduler): RefreshFamilies {
  return {
    begin: store.begin,
    find: scheduler.scheduleFunction(store.find),
    rotate: scheduler.scheduleFunction(store.rotate),
    end: scheduler.scheduleFunction(store.end),
  };
}

type Outcome = { code: string } | { session: Session };

async function outcomeOf(refreshing: Promise<Session>): Promise<Outcome> {
  return refreshing.then(
    (session) => ({ session }),
    (error: { code: string }) => ({ code: error.code }),
  );
}

async function twoFamilies(scheduler: fc.Scheduler) {
  const store = inMemoryRefreshFamilies();
  const { auth } = inMemoryAuth({ families: scheduled(store, scheduler) });
  await auth.register(credentials);
  const sessions = [await auth.logIn(credentials), await auth.logIn(credentials)];
  const issued = sessions.map(({ refreshToken }) => [refreshToken]);
  return { auth, store, issued };
}

it('a family exchanges each token at most once and ends for good at the first reuse', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), steps, async (scheduler, rounds) => {
      const { auth, store, issued } = await twoFamilies(scheduler);
      const exchanged = new Set<string>();
      const reused = new Set<number>();
      for (const round of rounds) {
        const uses = round.flatMap(({ family, nth, times }) => {
          const tokens = issued[family] ?? [];
          const token = tokens[nth % tokens.length] ?? '';
          return Array.from({ length: times }, () => ({ family, token }));
        });
        const endedBefore = new Set(reused);
        const work = uses.map(({ token }) => outcomeOf(auth.refresh({ refreshToken: token })));
        const outcomes = await scheduler.waitFor(Promise.all(work));
        uses.forEach(({ family, token }, index) => {
          const outcome = outcomes[index] ?? { code: 'none' };
          if ('session' in outcome) {
            expect(exchanged.has(token)).toBe(false);
            expect(endedBefore.has(family)).toBe(false);
            exchanged.add(token);
            issued[family]?.push(outcome.session.refreshToken);
          } else {
            expect(outcome.code).toBe('token-reused');
            reused.add(family);
          }
        });
        for (const { family, token } of uses) {
          const twice = uses.filter((use) => use.token === token).length > 1;
          if (twice) expect(reused.has(family)).toBe(true);
        }
      }
      expect(store.all().map(({ endedBy }) => endedBy === 'reuse')).toEqual([
        reused.has(0),
        reused.has(1),
      ]);
    }),
  );
});

it('no token of a family is valid after a log-out that runs among exchanges', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat(3), async (scheduler, exchanges) => {
      const { auth, issued } = await twoFamilies(scheduler);
      const [token = ''] = issued[0] ?? [];
      const work = Array.from({ length: exchanges }, () =>
        outcomeOf(auth.refresh({ refreshToken: token })),
      );
      const [outcomes] = await scheduler.waitFor(
        Promise.all([Promise.all(work), auth.logOut({ refreshToken: token })]),
      );
      const tokens = outcomes.flatMap((outcome) =>
        'session' in outcome ? [outcome.session.refreshToken] : [],
      );
      const after = Promise.all(
        [token, ...tokens].map((one) => outcomeOf(auth.refresh({ refreshToken: one }))),
      );
      for (const outcome of await scheduler.waitFor(after)) expect(outcome).toHaveProperty('code');
      const other = outcomeOf(auth.refresh({ refreshToken: issued[1]?.[0] ?? '' }));
      expect(await scheduler.waitFor(other)).toHaveProperty('session');
    }),
  );
});
