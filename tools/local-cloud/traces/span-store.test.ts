import type { SpanRecord } from '@triptych/platform/telemetry';
import { expect, it } from 'vitest';
import { SpanStore } from './span-store.ts';

const span = (traceId: string, spanId: string, startMs = 0): SpanRecord => ({
  name: 'work',
  traceId,
  spanId,
  startMs,
  durationMs: 1,
  service: 'catalog',
  variant: 'hybrid',
  attributes: {},
  ok: true,
});
const idsOf = (store: SpanStore, traceId: string) =>
  store.spans(traceId).map(({ spanId }) => spanId);

it('returns the spans of a trace in order of their start, without duplicates', () => {
  const store = new SpanStore();
  for (const one of [span('a', '2', 20), span('b', '3'), span('a', '1', 10), span('a', '1', 10)]) {
    store.add(one);
  }
  expect(idsOf(store, 'A')).toEqual(['1', '2']);
  expect(idsOf(store, 'c')).toEqual([]);
});

it('removes the oldest trace, or the oldest spans of the only trace, above its limit', () => {
  const store = new SpanStore(3);
  for (const one of [span('a', '1'), span('a', '2'), span('b', '3'), span('b', '4')])
    store.add(one);
  expect([idsOf(store, 'a'), idsOf(store, 'b')]).toEqual([[], ['3', '4']]);
  for (const id of ['5', '6', '7']) store.add(span('b', id));
  expect(idsOf(store, 'b')).toEqual(['5', '6', '7']);
});
