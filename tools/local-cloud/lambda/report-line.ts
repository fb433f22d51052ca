import { readFileSync } from 'node:fs';

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memoryMb: number;
  /** Init duration. Set only for the first invocation of a sandbox. */
  readonly initMs: number | undefined;
  readonly pid: number | undefined;
}

/** Peak resident memory in MB. Only Linux reports it for another process. */
function peakMemoryMb(pid: number | undefined): number | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : undefined;
  } catch {
    return undefined; // the process has ended
  }
}

/** Billed duration in whole milliseconds. Lambda bills the init phase since August 2025. */
export function billedMs({ durationMs, initMs }: Pick<Report, 'durationMs' | 'initMs'>): number {
  return Math.ceil(durationMs + (initMs ?? 0));
}

/** The line Lambda logs after each invocation. */
export function reportLine({ requestId, durationMs, memoryMb, initMs, pid }: Report): string {
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedMs({ durationMs, initMs })} ms`,
    `Memory Size: ${memoryMb} MB`,
  ];
  const usedMb = peakMemoryMb(pid);
  if (usedMb !== undefined) fields.push(`Max Memory Used: ${usedMb} MB`);
  if (initMs !== undefined) fields.push(`Init Duration: ${initMs.toFixed(2)} ms`);
  return fields.join('\t');
}

/** The line Lambda logs when the init phase of a sandbox fails. */
export function initReportLine(initMs: number, errorType: string): string {
  const fields = ['Phase: init', 'Status: error', `Error Type: ${errorType}`];
  return [`INIT_REPORT Init Duration: ${initMs.toFixed(2)} ms`, ...fields].join('\t');
}
