import { stripVTControlCharacters } from 'node:util';
import { repositoryRoot } from '@triptych/base/repository-root';
import { expect, test } from 'vitest';
import type { Span } from '../order/span.ts';
import { failureText, firstFailures } from './failure.ts';
import { orderSpans, type SpanSources } from './order-spans.ts';
import { renderFailures } from './render-failures.ts';
import { renderTree } from './render-tree.ts';
import { spanTree, treeOutline } from './span-tree.ts';
import { whereRaised } from './where-raised.ts';

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
  span('catalog.reserve', 130, 'payments.place', { ok: false, error: 'out-of-stock' }),
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
    '   +30 ms    5.0 ms  └ reserve catalog   FAILED out-of-stock',
  ]);
});

test.each([
  [{ ok: false, error: 'out-of-stock' }, 'FAILED out-of-stock'],
  [{ ok: false, status: 500 }, 'FAILED 500'],
  [{ ok: true, status: 422, error: 'refund-exceeds-captured' }, '422 refund-exceeds-captured'],
  [{ status: 0, error: 'webhook-not-accepted' }, 'webhook-not-accepted'],
  [{ ok: true, reason: 'declined' }, 'declined'],
  [{ ok: true, status: 202 }, undefined],
])('%o is described as %s', (outcome, text) => {
  expect(failureText(outcome)).toBe(text);
});

test('names the innermost failed steps, the source of their codes and the command that shows their logs', () => {
  const failed = [
    span('POST /payments/refunds', 1, undefined, { status: 422, error: 'refund-exceeds-captured' }),
    span('payments.request-refund', 2, 'POST /payments/refunds', {
      ok: false,
      error: 'refund-exceeds-captured',
      traceId: '4f2a91c0aaaa',
    }),
  ];
  const failures = firstFailures(spanTree(failed));
  expect(failures.map(({ name }) => name)).toEqual(['payments.request-refund']);
  const raisedIn = new Map([['refund-exceeds-captured', ['libs/payments/core/refund.ts:78']]]);
  const shown = renderFailures(failures, { raisedIn, shopFlag: ' --port 5000' });
  expect(stripVTControlCharacters(shown).trim().split('\n')).toEqual([
    'What failed',
    'payments request-refund: FAILED refund-exceeds-captured',
    '  raised in  libs/payments/core/refund.ts:78',
    '  logs       npm run logs -- payments --variant hybrid --trace 4f2a91c0 --port 5000',
  ]);
  expect(renderFailures([], { raisedIn, shopFlag: '' })).toBe('');
});

test('finds the source that raises a code, and none for a code of a library', async () => {
  const [first = ''] = await whereRaised(repositoryRoot, 'refund-exceeds-captured');
  expect(first).toMatch(/^libs\/payments\/core\/refund\.ts:\d+$/);
  expect(await whereRaised(repositoryRoot, 'ECONNREFUSED')).toEqual([]);
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
