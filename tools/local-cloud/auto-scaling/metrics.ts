import { readFileSync } from 'node:fs';
import type { TargetGroup } from '../load-balancer/index.ts';

/** A metric of a service: returns the current value, or undefined when there is no data. */
export type Metric = (nowMs: number) => number | undefined;

/** A task whose processor time is measured. */
export interface MeasuredTask {
  readonly pid: number;
  /** vCPUs of its task definition. */
  readonly processors: number;
}

/** Linux reports processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;
/** Index of user time in `/proc/<pid>/stat` after the command name. System time follows. */
const USER_FIELD = 11;

/**
 * The processor time of a process in milliseconds. Only Linux reports it without another program.
 */
function processorMs(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[USER_FIELD]) + Number(fields[USER_FIELD + 1]);
    return (ticks / TICKS_PER_SECOND) * 1000;
  } catch {
    return undefined; // the process has ended
  }
}

/**
 * `ECSServiceAverageCPUUtilization`: the average percentage of their vCPUs that the tasks used
 * since the previous reading. A process is not limited to its vCPUs, so values above 100 count as
 * 100.
 */
export function processorUtilization(tasks: () => readonly MeasuredTask[]): Metric {
  let before = new Map<number, number>();
  let beforeMs = 0;
  return (nowMs) => {
    const elapsedMs = nowMs - beforeMs;
    const now = new Map<number, number>();
    const percents: number[] = [];
    for (const { pid, processors } of tasks()) {
      const used = processorMs(pid);
      if (used === undefined) continue;
      now.set(pid, used);
      const usedBefore = before.get(pid);
      if (usedBefore === undefined || elapsedMs <= 0) continue;
      percents.push(Math.min(100, ((used - usedBefore) / elapsedMs / processors) * 100));
    }
    before = now;
    beforeMs = nowMs;
    if (percents.length === 0) return undefined;
    return percents.reduce((sum, percent) => sum + percent, 0) / percents.length;
  };
}

const MINUTE_MS = 60_000;

/** `ALBRequestCountPerTarget`: requests per minute and target since the previous reading. */
export function requestsPerTarget(group: TargetGroup): Metric {
  let before = group.requests;
  let beforeMs: number | undefined;
  return (nowMs) => {
    const requests = group.requests - before;
    const elapsedMs = beforeMs === undefined ? 0 : nowMs - beforeMs;
    before = group.requests;
    beforeMs = nowMs;
    const targets = group.targets.length;
    if (elapsedMs <= 0 || targets === 0) return undefined;
    return ((requests / elapsedMs) * MINUTE_MS) / targets;
  };
}
