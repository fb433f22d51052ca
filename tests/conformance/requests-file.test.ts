import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentedRoutes, patternOf } from './support/openapi.ts';

const file = readFileSync(new URL('../../docs/requests.http', import.meta.url), 'utf8');
const requests = [...file.matchAll(/^(GET|POST|PATCH|DELETE) \{\{base\}\}(\/[^?\s]*)/gm)];

test('requests.http calls only documented routes', async () => {
  const known = (await documentedRoutes()).map(({ method, path }) => ({
    method,
    matches: patternOf(path),
  }));
  expect(requests.length).toBeGreaterThan(20);
  const unknown = requests.filter(
    ([, method, path = '']) =>
      !known.some((route) => route.method === method && route.matches.test(path)),
  );
  expect(unknown.map(([line]) => line)).toEqual([]);
});

test('requests.http refers only to responses of named requests above', () => {
  const named = new Map(
    [...file.matchAll(/^# @name (\w+)$/gm)].map(({ 1: name = '', index }) => [name, index]),
  );
  const used = [...file.matchAll(/\{\{(\w+)\.response\./g)];
  expect(used.length).toBeGreaterThan(10);
  for (const { 1: name = '', index } of used) expect(named.get(name)).toBeLessThan(index);
});
