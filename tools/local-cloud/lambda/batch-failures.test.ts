import { describe, expect, it } from 'vitest';
import { failedIds } from './batch-failures.ts';

const ids = ['a', 'b', 'c'];
const answered = (answer: unknown) => ({
  payload: Buffer.from(answer === undefined ? '' : JSON.stringify(answer)),
  cold: false,
});

describe('failedIds', () => {
  it.each([undefined, null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
    'reads %j as success',
    (answer) => {
      expect(failedIds(answered(answer), ids, true)).toEqual(new Set());
    },
  );

  it('returns the ids of the failed records', () => {
    const answer = { batchItemFailures: [{ itemIdentifier: 'b' }] };
    expect(failedIds(answered(answer), ids, true)).toEqual(new Set(['b']));
    expect(failedIds(answered(answer), ids, false)).toEqual(new Set());
  });

  it.each([
    { batchItemFailures: [{ itemIdentifier: 'x' }] },
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{}] },
  ])('reads %j as the failure of the whole batch', (answer) => {
    expect(failedIds(answered(answer), ids, true)).toBe('all');
  });

  it('reads a function error or an unreadable answer as the failure of the whole batch', () => {
    const failed = { ...answered(null), functionError: 'Unhandled' } as const;
    const unreadable = { payload: Buffer.from('{'), cold: false };
    expect(failedIds(failed, ids, false)).toBe('all');
    expect(failedIds(unreadable, ids, true)).toBe('all');
  });
});
