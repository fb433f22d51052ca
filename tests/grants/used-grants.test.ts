import type { Grant } from '@triptych/local-cloud';
import { expect, test } from 'vitest';
import { eventually } from '../conformance/support/eventually.ts';
import { control } from '../faults/support/control.ts';
import { isAbout, isUsed, nameOf, UNUSED_GRANTS } from './support/unused-grants.ts';

/** Pauses between polls until the workers have handled the messages of the schedules. */
const SCHEDULES_MS = 30_000;

const grants = async () => (await control('GET', '/control/grants')) as unknown as Grant[];
const isExplained = (grant: Grant) => UNUSED_GRANTS.some((entry) => isAbout(entry, grant));

test('every statement of the templates allows something, or its reason is written down', async () => {
  await control('POST', '/control/fire-schedules');
  let unexplained: string[] = [];
  const look = async () => {
    const unused = (await grants()).filter((grant) => !isUsed(grant) && !isExplained(grant));
    unexplained = unused.map(nameOf);
    return unexplained.length;
  };
  await eventually(look, (count) => count === 0, SCHEDULES_MS).catch(() => undefined);
  expect(unexplained).toEqual([]);
});

test('no reason is written down for a statement that allows something', async () => {
  const used = (await grants()).filter((grant) => isUsed(grant) && isExplained(grant));
  expect(used.map(nameOf)).toEqual([]);
});
