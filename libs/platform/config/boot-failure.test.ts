import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PATIENT_MS } from '../testing/patience.ts';

const here = new URL('./index.ts', import.meta.url).href;
const program = `
  import { Type } from 'typebox';
  import { loadConfig, text } from ${JSON.stringify(here)};
  await loadConfig(Type.Object({ TABLE: text() }));
  console.log('continued');
`;

describe('a process with invalid settings', () => {
  it('exits with code 1 after one message and no stack trace', () => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: PATIENT_MS,
      env: {},
      cwd: new URL('.', import.meta.url),
    });
    expect(run.stderr).toBe('The configuration has 1 fault(s):\n  TABLE is not set\n');
    expect(run.stdout).toBe('');
    expect(run.status).toBe(1);
  });
});
