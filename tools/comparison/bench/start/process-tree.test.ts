import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PATIENT } from '@triptych/platform/testing/patience';
import { expect, it } from 'vitest';
import { parseProc, stillRunning, treeOf } from './process-tree.ts';

it('reads /proc for any process name', () => {
  const stat = `42 (a ) b) S 7 ${Array.from({ length: 17 }, () => 0).join(' ')} 9001 0 3 0\n`;
  const status = 'Name:\ta ) b\nState:\tS (sleeping)\nPid:\t42\nPPid:\t7\nVmRSS:\t      12 kB\n';
  const expected = { pid: 42, parent: 7, name: 'a', startedAt: '9001', residentBytes: 12 * 1024 };
  expect(parseProc(status, stat)).toEqual(expected);
  expect(parseProc(status.replace('S (sleeping)', 'Z (zombie)'), stat)).toBeUndefined();
});

it('finds all descendants and no other processes', () => {
  const process = (pid: number, parent: number) => ({
    ...{ pid, parent, name: '', residentBytes: 1, startedAt: '' },
  });
  const all = [process(4, 3), process(3, 2), process(2, 1), process(9, 1)];
  expect(treeOf(2, all).map(({ pid }) => pid)).toEqual([2, 3, 4]);
});

// Windows has neither /proc nor ps.
it.runIf(process.platform !== 'win32')(
  'detects that a process runs and that it has ended',
  async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    const look = () => treeOf(process.pid).filter(({ pid }) => pid === child.pid);
    // Some kernels count the first pages of a process late, so its memory is 0 at first.
    await expect.poll(() => look()[0]?.residentBytes, PATIENT).toBeGreaterThan(0);
    const known = look();
    expect(known).toHaveLength(1);
    expect(stillRunning(known)).toEqual(known);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(stillRunning(known)).toEqual([]);
  },
);
