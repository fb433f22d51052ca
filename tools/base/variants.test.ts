import { expect, test } from 'vitest';
import { parseVariant, parseVariants, portsFrom } from './variants.ts';

test('the default ports are those of the design, and --port moves all of them', () => {
  const byVariant = { microservices: 4001, serverless: 4002, hybrid: 4003 };
  expect(portsFrom()).toEqual({ page: 4000, endpoint: 4566, byVariant });
  expect(portsFrom(5000)).toMatchObject({ page: 5000, endpoint: 5566 });
});

test.each([Number.NaN, 80, 65_000, 4000.5])('the base port %d is refused', (base) => {
  expect(() => portsFrom(base)).toThrow('--port takes a number');
});

test('variants come in the same order, however they are named', () => {
  expect(parseVariants('hybrid, microservices')).toEqual(['microservices', 'hybrid']);
  expect(parseVariants(undefined)).toHaveLength(3);
});

test('an unknown variant is refused with the names there are', () => {
  expect(() => parseVariant('monolith')).toThrow('microservices, serverless, hybrid');
  expect(() => parseVariants('hybrid,')).toThrow('Say which variant');
});
