import { expect, test } from 'vitest';
import type { ComparedTarget } from '../part.ts';
import { functionsLast, ownShareMs } from './own-share.ts';

test('a share is even if time is short, and everything but the reserve if there is enough', () => {
  expect(ownShareMs(90, 2, 32)).toBe(30);
  expect(ownShareMs(120, 2, 32)).toBe(56);
  expect(ownShareMs(40, 0, 32)).toBe(40);
});

test('functions come after containers', () => {
  const targets = (['serverless', 'hybrid', 'microservices', 'hybrid'] as const).map(
    (variant, n) => ({ name: `${variant} ${n}`, variant }) as ComparedTarget,
  );
  const names = functionsLast(targets).map(({ name }) => name);
  expect(names).toEqual(['microservices 2', 'hybrid 1', 'hybrid 3', 'serverless 0']);
});
