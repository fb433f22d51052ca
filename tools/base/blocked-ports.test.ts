import { expect, test } from 'vitest';
import { isBlockedByFetch } from './blocked-ports.ts';

const ALL_PORTS = Array.from({ length: 65_536 }, (_, port) => port);
const blocked = ALL_PORTS.filter(isBlockedByFetch);

test('fetch refuses every blocked port', async () => {
  const reasons = await Promise.all(
    blocked
      .filter((port) => port !== 0)
      .map((port) =>
        fetch(`http://127.0.0.1:${port}`).then(
          () => 'answered',
          (error: Error) => (error.cause as Error).message,
        ),
      ),
  );
  expect(new Set(reasons)).toEqual(new Set(['bad port']));
});

test.each([4000, 4566, 6001, 8080])('port %d is not blocked', (port) => {
  expect(isBlockedByFetch(port)).toBe(false);
});
