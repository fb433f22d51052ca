import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { concludeTests, readResults } from './test-results.ts';

describe('the summary of a test command', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'test-results-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const file = join(import.meta.dirname, 'some.test.ts');
  const report = (run: string, value: object) =>
    writeFile(join(folder, `${run}.json`), JSON.stringify(value));

  it('adds up the runs and lists the failed tests with the first lines of their messages', async () => {
    await report('one', {
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        {
          ...{ name: file, status: 'failed', message: '' },
          assertionResults: [
            { fullName: 'a good one', status: 'passed', failureMessages: [] },
            {
              ...{ fullName: 'a bad one', status: 'failed' },
              failureMessages: [
                'expected 1 to be 2\n    at /x/node_modules/chai.js:1\n    at here',
              ],
            },
          ],
        },
      ],
    });
    await report('two', { numPassedTests: 4, numFailedTests: 0, testResults: [] });
    const { passed, failed, failures } = await readResults(0, folder);
    expect({ passed, failed }).toEqual({ passed: 7, failed: 1 });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain('one · tools/build/some.test.ts · a bad one\n');
    expect(failures[0]).toContain('expected 1 to be 2');
    expect(failures[0]).not.toContain('node_modules');
  });

  it('lists a file whose tests could not be collected', async () => {
    await report('one', {
      ...{ numPassedTests: 0, numFailedTests: 0 },
      testResults: [
        { name: file, status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    });
    const { failures } = await readResults(0, folder);
    expect(failures).toEqual(['one · tools/build/some.test.ts\n    no such module']);
  });

  it('prints the failures and then the counts', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      const results = { passed: 5, failed: 0, failures: ['one · why'] };
      expect(concludeTests(results, ['types'])).toBe(1);
      const lines = log.mock.calls.join('\n').trimEnd().split('\n');
      expect(lines).toContain('  one · why');
      expect(lines).toContain('  step: types');
      expect(lines.at(-1)).toBe('5 passed, 1 failed');
      expect(concludeTests({ ...results, failures: [] }, [])).toBe(0);
    } finally {
      log.mockRestore();
    }
  });
});
