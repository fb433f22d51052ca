import { expect, test } from 'vitest';
import { parseHttpMode, parsePort, parseVariant, parseVariants, portsFrom } from './variants.ts';

test('--port moves all ports together, the AWS endpoint included', () => {
  const byVariant = { microservices: 4001, serverless: 4002, hybrid: 4003 };
  expect(portsFrom()).toEqual({ control: 4000, endpoint: 4566, byVariant });
  expect(portsFrom(5000)).toMatchObject({ control: 5000, endpoint: 5566 });
});

test.each([Number.NaN, 80, 65_000, 4000.5])('rejects base port %d', (base) => {
  expect(() => portsFrom(base)).toThrow('--port takes a number');
});

test.each([
  [6000, 6000],
  [5999, 6000],
  [5998, 6000],
  [5997, 6000],
  [5434, 6000],
  [6666, 6666],
  [9514, 10_080],
])('rejects base port %d, because fetch refuses port %d', (base, blocked) => {
  expect(() => portsFrom(base)).toThrow(
    `includes port ${blocked}, which browsers and fetch refuse`,
  );
});

test.each(['abc', '', '80', '65000', '5e3', '0x1388', ' 5000'])('rejects --port "%s"', (text) => {
  expect(() => parsePort(text)).toThrow(`not "${text}"`);
});

test('parses --port', () => {
  expect([parsePort(undefined), parsePort('5000')]).toEqual([4000, 5000]);
});

test('returns variants in a fixed order', () => {
  expect(parseVariants('hybrid, microservices')).toEqual(['microservices', 'hybrid']);
  expect(parseVariants(undefined)).toHaveLength(3);
});

test('rejects an unknown variant and lists the names', () => {
  expect(() => parseVariant('monolith')).toThrow('microservices, serverless, hybrid');
  expect(() => parseVariants('hybrid,')).toThrow('Say which variant');
});

test('parses --http', () => {
  expect([parseHttpMode(undefined), parseHttpMode('web-functions')]).toEqual([
    undefined,
    'web-functions',
  ]);
});

test('rejects --http with another mode, or without serverless', () => {
  expect(() => parseHttpMode('web')).toThrow('event-functions or web-functions, not "web"');
  expect(() => parseHttpMode('web-functions', ['hybrid'])).toThrow('--only hybrid leaves out');
  expect(parseHttpMode(undefined, ['hybrid'])).toBeUndefined();
});
