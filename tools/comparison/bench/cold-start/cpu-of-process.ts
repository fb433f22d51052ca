import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time of another process so far, all threads, in milliseconds. Reads nanoseconds per thread from `schedstat`
 * (https://docs.kernel.org/scheduler/sched-stats.html), because `stat` counts only hundredths of a second.
 * @returns undefined on systems other than Linux, or if the process has ended
 */
export function cpuOfProcessMs(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const nanoseconds = threads.map((thread) => {
      const line = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1');
      return Number(line.split(' ')[0]);
    });
    return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e6;
  } catch {
    return undefined;
  }
}
