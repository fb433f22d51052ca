import { dirname, join } from 'node:path';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { describe, expect, test } from 'vitest';
import { differing, linesOf, wholeRoot } from './support/composition-roots.ts';
import { read } from './support/repository-files.ts';

const TOUR = 'docs/tour.md';

/** Links of the form [`symbol`](path.ts#symbol). */
const links = [...read(TOUR).matchAll(/\[`([^`]+)`\]\(([^)#\s]+)#([^)\s]+)\)/g)].map(
  ([, text = '', path = '', symbol = '']) => ({ text, file: join(dirname(TOUR), path), symbol }),
);

test('the tour links to symbols', () => {
  expect(links.length).toBeGreaterThan(20);
});

describe('the tour', () => {
  test.each(links)('names $symbol, which $file exports', ({ text, file, symbol }) => {
    expect(text).toBe(symbol);
    expect(read(file)).toMatch(
      new RegExp(`^export (async )?(function|const|class|interface|type) ${symbol}\\b`, 'm'),
    );
  });
});

/** The contexts whose roots the tour counts. A context that is added later need not be in the tour. */
const counted = CONTEXT_NAMES.filter((name) =>
  new RegExp(`^\\| ${name} \\|( \\d+ \\|){6}$`, 'm').test(read(TOUR)),
);

test('the tour counts the lines of the roots of every context of the shop', () => {
  expect(counted.length).toBeGreaterThanOrEqual(4);
});

test.each(counted)('the tour counts the lines of the roots of %s', (service) => {
  const container = wholeRoot('microservices', service);
  const event = wholeRoot('serverless', service, 'event-functions');
  const web = wholeRoot('serverless', service, 'web-functions');
  const counts = [
    ...[container, event, web].map((text) => linesOf(text).length),
    ...[differing(container, event), differing(container, web), differing(event, web)],
  ];
  expect(read(TOUR)).toContain(`\n| ${service} | ${counts.join(' | ')} |\n`);
});
