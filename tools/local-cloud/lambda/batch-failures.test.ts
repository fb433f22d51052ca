import { describe, expect, it } from 'vitest';
import { failedIds } from './batch-failures.ts';

const ids = ['a', 'b', 'c'];
const answered = (answer: unknown) => ({
  payload: Buffer.from(answer === undefined ? '' : JSON.stringify(answer)),
  cold: false,
});

describe('failedIds', () => {
  it.each([undefined, null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
    'takes %j for success',
    (answer) => {
      expect(failedIds(answered(answer), ids, true)).toEqual(new Set());
    },
  );

  it('names the records that failed', () => {
    const answer = { batchItemFailures: [{ itemIdentifier: 'b' }] };
    expect(failedIds(answered(answer), ids, true)).toEqual(new Set(['b']));
    expect(failedIds(answered(answer), ids, false)).toEqual(new Set());
  });

  it.each([
    { batchItemFailures: [{ itemIdentifier: 'x' }] },
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{}] },
  ])('takes %j for the failure of all', (answer) => {
    expect(failedIds(answered(answer), ids, true)).toBe('all');
  });

  it('takes a function error and an unreadable answer for the failure of all', () => {
    const failed = { ...answered(null), functionError: 'Unhandled' } as const;
    const unreadable = { payload: Buffer.from('{'), cold: false };
    expect(failedIds(failed, ids, false)).toBe('all');
    expect(failedIds(unreadable, ids, true)).toBe('all');
  });
});
