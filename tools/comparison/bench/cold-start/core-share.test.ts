import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENT } from '@triptych/platform/testing/patience';
import { expect, test } from 'vitest';
import { limitToCoreShare } from './core-share.ts';

/** Counts as fast as possible and reports the count. */
const counter = `
  const { createInterface } = require('node:readline');
  let count = 0;
  createInterface({ input: process.stdin }).on('line', () => process.stdout.write(count + '\\n'));
  const turn = () => { for (let i = 0; i < 1000; i += 1) count += 1; setImmediate(turn); };
  turn();
`;

test('a process continues when its limit ends, and an ended process is ignored', async () => {
  const child = spawn(process.execPath, ['-e', counter], { stdio: ['pipe', 'pipe', 'inherit'] });
  const count = async () => {
    child.stdin.write('\n');
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    return Number(text.toString());
  };
  try {
    await count();
    const release = await limitToCoreShare(child.pid ?? 0, 0.1);
    const before = await count();
    expect(await count()).toBeGreaterThan(before);
    await release();
    const after = await count();
    expect(await count()).toBeGreaterThanOrEqual(after);
    const again = await limitToCoreShare(child.pid ?? 0, 0.5);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // The thread notices within a few periods.
    await sleep(200);
    await again();
  } finally {
    child.kill('SIGKILL');
  }
});

test.runIf(process.platform === 'linux')(
  'a limited process is stopped for part of the time',
  async () => {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    // T: stopped (proc(5)).
    const state = () => readFileSync(`/proc/${child.pid}/stat`, 'latin1').split(') ')[1]?.[0];
    try {
      const release = await limitToCoreShare(child.pid ?? 0, 0.05);
      await expect.poll(state, { ...PATIENT, interval: 1 }).toBe('T');
      await release();
      await expect.poll(state, { ...PATIENT, interval: 1 }).toBe('R');
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('a share must be above 0', async () => {
  await expect(limitToCoreShare(1, 0)).rejects.toThrow(RangeError);
});
