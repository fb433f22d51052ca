import { OWN_PROCESS_TESTS } from '@triptych/build/own-process-tests';
import { expect, test } from 'vitest';
import { sources, specifiersIn, targetOf } from './support/imports.ts';

/** Changes settings of sharp, which hold for every thread of the process. */
const CHANGES_PROCESS = 'libs/images/adapters/sharp-processor.ts';

/** Every file that a test file loads. */
function loadedBy(test: string): Set<string> {
  const found = new Set([test]);
  for (const file of found) {
    for (const specifier of specifiersIn(file)) {
      const target = targetOf(file, specifier);
      if (target !== undefined && sources.includes(target)) found.add(target);
    }
  }
  return found;
}

const testFiles = sources.filter((file) => /^(libs|apps|infra|tools)\/.*\.test\.ts$/.test(file));

test('every test that changes settings of the process runs in its own', () => {
  const changing = testFiles.filter((file) => loadedBy(file).has(CHANGES_PROCESS));
  expect(changing).not.toEqual([]);
  expect(changing.filter((file) => !OWN_PROCESS_TESTS.includes(file))).toEqual([]);
});

test('every file of the list exists', () => {
  expect(OWN_PROCESS_TESTS.filter((file) => !testFiles.includes(file))).toEqual([]);
});
