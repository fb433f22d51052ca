import { OWN_PROCESS_TESTS } from '@triptych/build/own-process-tests';
import { expect, test } from 'vitest';
import { importedBy, sources } from './support/imports.ts';

/** Changes settings of sharp, which hold for every thread of the process. */
const CHANGES_PROCESS = 'libs/images/adapters/sharp-processor.ts';

const testFiles = sources.filter((file) => /^(libs|apps|infra|tools)\/.*\.test\.ts$/.test(file));

test('every test that changes settings of the process runs in its own', () => {
  const changing = testFiles.filter((file) => importedBy([file]).has(CHANGES_PROCESS));
  expect(changing).not.toEqual([]);
  expect(changing.filter((file) => !OWN_PROCESS_TESTS.includes(file))).toEqual([]);
});

test('every file of the list exists', () => {
  expect(OWN_PROCESS_TESTS.filter((file) => !testFiles.includes(file))).toEqual([]);
});
