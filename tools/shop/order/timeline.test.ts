import { expect, test } from 'vitest';
import type { Purchase } from './place-order.ts';
import type { Span } from './span.ts';
import { renderTimelines } from './timeline.ts';

const startMs = 1_000_000;
const purchase = (state: string): Purchase => ({
  order: { id: 'o1', state, reason: null, total: null },
  product: { id: 'p', name: 'Lamp', price: { amountCents: 1, currency: 'usd' }, available: 1 },
  traceId: 't',
  startMs,
  acceptedMs: 10,
  settledMs: 123.4,
});
const span = (name: string, afterMs: number, cold = false): Span => ({
  name,
  traceId: 't',
  spanId: name,
  startMs: startMs + afterMs,
  durationMs: 7.6,
  service: name.split('.')[0] ?? '',
  pid: 4711,
  cold,
  process: 'Http',
});
// Without colour codes.
const plain = (text: string) =>
  text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');

const lines = plain(
  renderTimelines([
    {
      variant: 'microservices',
      purchase: purchase('confirmed'),
      spans: [span('payments.place-order', 3), span('catalog.reserve-stock', 20)],
    },
    {
      variant: 'serverless',
      purchase: purchase('rejected'),
      spans: [span('payments.place-order', 500, true)],
    },
  ]),
).split('\n');

test('prints one column per variant and one row per step, ordered by start', () => {
  expect(lines[0]).toMatch(/^step +microservices +serverless/);
  expect(lines[1]).toMatch(/^payments +place-order/);
  expect(lines[2]).toMatch(/^catalog +reserve-stock/);
});

test('prints each step’s start, duration and process, and marks a cold process', () => {
  expect(lines[1]).toMatch(/\+3 +8 ms {2}4711 +\+500 +8 ms {2}4711 cold/);
});

test('prints a dash for a step that a variant does not have', () => {
  expect(lines[2]).toMatch(/\+20 +8 ms {2}4711 +–/);
});

test('the last row shows when the customer saw the result', () => {
  expect(lines.at(-1)).toMatch(/123 ms {2}confirmed +123 ms {2}rejected/);
});
