import { expect, it } from 'vitest';
import type { StreamRecord } from '../kernel.ts';
import { StreamLog } from './stream-log.ts';

const record = (sequence: number) =>
  ({ dynamodb: { SequenceNumber: String(sequence) } }) as unknown as StreamRecord;
const HOUR_MS = 3_600_000;

it('forgets records after 24 hours, and knows where it begins', () => {
  const log = new StreamLog();
  log.add(record(1), 0);
  log.add(record(2), HOUR_MS);
  log.add(record(3), 24.5 * HOUR_MS);
  expect(log.after(0n, 10).map(({ sequence }) => sequence)).toEqual([2n, 3n]);
  expect(log).toMatchObject({ trimmed: 1n, first: 2n, last: 3n });
});

it('keeps a limited number of records', () => {
  const log = new StreamLog();
  for (let sequence = 1; sequence <= 10_001; sequence += 1) log.add(record(sequence), 0);
  expect(log.after(0n, 20_000)).toHaveLength(10_000);
  expect(log.trimmed).toBe(1n);
});
