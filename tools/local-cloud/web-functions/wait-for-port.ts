import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 10;
const NANOSECONDS_PER_MS = 1_000_000;

export interface PortWait {
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Time to leave out, because the process had no core of this machine. */
  readonly waitedForCoreMs: () => number;
}

/**
 * Waits until something accepts connections on a port of 127.0.0.1. Returns false when the time is over or the signal
 * aborts. The time that the process waited for a core does not count: on AWS its two vCPUs are its own.
 */
export async function waitForPort(wait: PortWait): Promise<boolean> {
  const startedAt = Date.now();
  while (!wait.signal.aborted) {
    if (await accepts(wait.port)) return true;
    if (Date.now() - startedAt - wait.waitedForCoreMs() > wait.timeoutMs) return false;
    await sleep(RETRY_MS, undefined, { signal: wait.signal }).catch(() => {});
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** How long the main thread of a process was runnable without running, in milliseconds. Only Linux tells: 0 elsewhere. */
export function waitedForCoreMs(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    // proc_pid_schedstat(5): time on a core, time waiting for one, both in nanoseconds; number of time slices.
    const [, waitedNs = '0'] = readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ');
    return Number(waitedNs) / NANOSECONDS_PER_MS;
  } catch {
    return 0; // the process has ended
  }
}
