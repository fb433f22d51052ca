import { describe, expect, it } from 'vitest';
import { currentTraceparent, withTraceparent } from '../telemetry/index.ts';
import { InvalidEventError, stampEvent } from './index.ts';

const draft = {
  type: 'order.cancelled',
  source: 'triptych.payments',
  data: { orderId: 'o1', reason: 'declined' },
} as const;
const stamp = { id: 'e1', occurredAt: '2026-11-01T10:00:00.000Z' };

describe('stampEvent', () => {
  it('adds id and time', () => {
    expect(stampEvent(draft, stamp)).toEqual({ ...draft, ...stamp });
  });

  it('adds the current traceparent', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const event = withTraceparent(traceparent, () => stampEvent(draft, stamp));
    expect(event.traceparent).toBe(traceparent);
    expect(currentTraceparent()).toBeUndefined();
  });

  it.each([
    ['data that violates its schema', { ...draft, data: { orderId: 'o1', reason: 'bored' } }],
    ['a field that its schema does not name', { ...draft, data: { ...draft.data, note: 'x' } }],
    ['the wrong publisher', { ...draft, source: 'triptych.catalog' as const }],
    ['an unknown type', { ...draft, type: 'order.unheard-of' }],
  ])('rejects a draft with %s', (_what, wrong) => {
    expect(() => stampEvent(wrong, stamp)).toThrow(InvalidEventError);
  });
});
