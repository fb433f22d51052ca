import { readdirSync, readFileSync } from 'node:fs';

/**
 * Milliseconds of CPU that all threads of another process have used so far. The kernel counts nanoseconds per thread
 * (`schedstat`, https://docs.kernel.org/scheduler/sched-stats.html), where `stat` would count hundredths of a second.
 * @returns undefined where there is no such thing: elsewhere than on Linux, or when the process has ended
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
