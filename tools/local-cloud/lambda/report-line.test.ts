import { describe, expect, it } from 'vitest';
import { reportLine } from './report-line.ts';

const report = { requestId: 'r1', durationMs: 12.345, memoryMb: 256, initMs: undefined };

describe('the REPORT line', () => {
  it('bills a warm invocation by its duration, in whole milliseconds', () => {
    expect(reportLine({ ...report, pid: undefined })).toBe(
      'REPORT RequestId: r1\tDuration: 12.35 ms\tBilled Duration: 13 ms\tMemory Size: 256 MB',
    );
  });

  it('bills a cold start for its init duration as well', () => {
    const line = reportLine({ ...report, initMs: 100.2, pid: undefined });
    expect(line).toContain('\tBilled Duration: 113 ms\t');
    expect(line).toMatch(/\tInit Duration: 100.20 ms$/);
  });

  it.runIf(process.platform === 'linux')('reports the peak memory of the process', () => {
    const used = /\tMax Memory Used: (\d+) MB$/.exec(reportLine({ ...report, pid: process.pid }));
    expect(Number(used?.[1])).toBeGreaterThan(10);
  });
});
