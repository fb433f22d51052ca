import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Span } from '../order/span.ts';
import { orderSpans, type SpanSources } from './order-spans.ts';
import { renderTree } from './render-tree.ts';
import { spanTree, treeOutline } from './span-tree.ts';

const span = (
  name: string,
  startMs: number,
  parentId?: string,
  more: Partial<Span> = {},
): Span => ({
  name,
  traceId: 't1',
  spanId: name,
  ...(parentId ? { parentId } : {}),
  startMs,
  durationMs: 5,
  service: name.split('.')[0] ?? '',
  variant: 'hybrid',
  pid: 1,
  cold: false,
  process: 'Http',
  ...more,
});

const spans = [
  span('payments.place', 100, 'of-the-client', { transport: 'alb', cold: true }),
  span('catalog.reserve', 130, 'payments.place', { ok: false }),
  span('payments.write', 110, 'payments.place'),
  span('payments.inner', 112, 'payments.write', { durationMs: 40 }),
];

test('orders children by start, and treats a span with an unknown parent as a root', () => {
  const [root, ...others] = spanTree(spans);
  expect(others).toEqual([]);
  expect(root?.span.name).toBe('payments.place');
  expect(root?.children.map((child) => child.span.name)).toEqual([
    'payments.write',
    'catalog.reserve',
  ]);
});

test('treats a span that is its own parent as a root', () => {
  expect(spanTree([span('a', 1, 'a')])).toHaveLength(1);
});

test('renders offsets, durations, services and transports, and marks cold and failed spans', () => {
  const lines = stripVTControlCharacters(renderTree('o1', spans)).split('\n');
  expect(lines[0]).toBe('Order o1 in hybrid');
  expect(lines[1]).toBe('4 spans, 52 ms from first to last, trace t1');
  expect(lines.slice(4)).toEqual([
    '    +0 ms    5.0 ms  place     payments  alb cold',
    '   +10 ms    5.0 ms  ├ write   payments',
    '   +12 ms     40 ms  │ └ inner payments',
    '   +30 ms    5.0 ms  └ reserve catalog   FAILED',
  ]);
});

test('truncates a name that does not fit the terminal', () => {
  const long = [span('x'.repeat(80), 1)];
  const lines = stripVTControlCharacters(renderTree('o1', long, 80)).split('\n');
  expect(lines.at(-1)).toContain(`${'x'.repeat(39)}… `);
});

test('an outline does not depend on ids, times, transports or the order of siblings', () => {
  const elsewhere = spans.map((one, index) => ({
    ...one,
    spanId: `${one.spanId}-2`,
    ...(one.parentId ? { parentId: `${one.parentId}-2` } : {}),
    startMs: 9_000 - index,
    transport: 'http-api',
    variant: 'serverless',
  }));
  expect(treeOutline(spanTree(elsewhere))).toEqual(treeOutline(spanTree(spans)));
  expect(treeOutline(spanTree(spans))).toEqual([
    'payments payments.place',
    '  catalog catalog.reserve',
    '  payments payments.write',
    '    payments payments.inner',
  ]);
});

const sources = (received: Span[], logged: Span[]): SpanSources => ({
  logs: {
    tracesOf: (orderId) => (orderId === 'o1' ? ['t1'] : []),
    spans: () => logged,
  },
  cloud: {
    spans: () =>
      received.map(({ pid, cold, process: _process, transport, ...one }) => ({
        ...one,
        variant: one.variant ?? '',
        ok: one.ok ?? true,
        attributes: { pid, cold, ...(transport ? { transport } : {}) },
      })),
  },
});

test('merges received and logged spans without duplicates, ordered by start', () => {
  const [first, second] = spans as [Span, Span];
  const found = orderSpans(sources([first, second], [first]), 'o1', null);
  expect(found.map(({ name }) => name)).toEqual(['payments.place', 'catalog.reserve']);
  expect(found[0]).toMatchObject({ process: 'Http', transport: 'alb', cold: true });
  expect(found[1]).toMatchObject({ process: '', pid: 1, ok: false });
});

test('reports an unknown order or variant in one line', () => {
  const some = sources(spans, []);
  expect(() => orderSpans(some, 'o2', null)).toThrow(/^No spans of order "o2": check the id/);
  expect(() => orderSpans(some, 'o1', 'serverless')).toThrow(/"o1" in serverless/);
});
