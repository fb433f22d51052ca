import { expect, test } from 'vitest';
import { control } from '../faults/support/control.ts';

test('every schedule reaches its queue or function', async () => {
  const { fired, failures } = await control('POST', '/control/fire-schedules');
  expect(fired).toBeGreaterThan(0);
  expect(failures).toEqual([]);
});

test('every process writes to a log group', async () => {
  const { processes } = await control('GET', '/control/status');
  const all = processes as { stack: string; source: string; logGroup?: string }[];
  const silent = all.filter(({ logGroup }) => logGroup === undefined);
  expect(all).not.toEqual([]);
  expect(silent.map(({ stack, source }) => `${stack}/${source}`)).toEqual([]);
});
