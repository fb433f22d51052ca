import { expect, it } from 'vitest';
import { Cache } from './cache.ts';

const response = (bytes: number) => ({ status: 200, headers: {}, body: Buffer.alloc(bytes) });

it('returns a response with its age, which is fresh until its lifetime ends', () => {
  const cache = new Cache(100_000);
  cache.set('a', response(10), 60, 0);
  expect(cache.get('a', 59_999)).toMatchObject({
    ageS: 59,
    fresh: true,
    response: { status: 200 },
  });
  expect(cache.get('a', 60_000)).toMatchObject({ fresh: false });
  expect(cache.get('b', 0)).toBeUndefined();
});

it('evicts the least recently used entry when it is full', () => {
  const cache = new Cache(30_000);
  cache.set('a', response(10_000), 60, 0);
  cache.set('b', response(10_000), 60, 0);
  cache.get('a', 1);
  cache.set('c', response(10_000), 60, 2);
  expect(['a', 'b', 'c'].filter((key) => cache.get(key, 3))).toEqual(['a', 'c']);
});

it('does not store a response that is larger than the whole cache', () => {
  const cache = new Cache(5000);
  cache.set('a', response(100), 60, 0);
  cache.set('b', response(5000), 60, 0);
  expect(['a', 'b'].filter((key) => cache.get(key, 1))).toEqual(['a']);
});
