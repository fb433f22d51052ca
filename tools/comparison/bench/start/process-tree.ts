import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process as listed by the system. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly residentBytes: number;
  /** Distinguishes this process from a later one with the same pid. */
  readonly startedAt: string;
}

/** `root` and all its descendants. */
export function treeOf(root: number, all: readonly Process[] = allProcesses()): Process[] {
  const children = new Map<number, Process[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** The processes of `known` that still run. */
export function stillRunning(known: readonly Process[]): Process[] {
  const now = new Map(allProcesses().map((one) => [one.pid, one.startedAt]));
  return known.filter(({ pid, startedAt }) => now.get(pid) === startedAt);
}

/** Reads /proc on Linux, where `ps` may not be installed, and runs `ps` on other systems. */
export function allProcesses(): Process[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

function fromProc(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const read = (file: string) => readFileSync(`/proc/${name}/${file}`, 'latin1');
      return parseProc(read('status'), read('stat')) ?? [];
    } catch {
      return []; // the process has ended
    }
  });
}

/** Parses proc_pid_status(5), and the start time from proc_pid_stat(5). Undefined if the process has ended. */
export function parseProc(status: string, stat: string): Process | undefined {
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
  // A zombie has ended, but its parent has not read its exit status.
  if (field('State') === 'Z') return undefined;
  // Field 22, counted from 1. Field 2, the name, may contain anything, so parsing starts after its last bracket.
  const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3] ?? '';
  return {
    pid: Number(field('Pid')),
    parent: Number(field('PPid')),
    name: field('Name'),
    startedAt,
    // Absent for kernel threads.
    residentBytes: Number(field('VmRSS')) * 1024,
  };
}

/** Memory in bytes, with each shared page divided among its users (PSS); undefined if the system does not report it. */
export function proportionalBytes(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

function fromPs(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,ucomm=,lstart='], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, kilobytes, name = '', ...started] = line.trim().split(/\s+/);
    if (!pid) return [];
    const residentBytes = Number(kilobytes) * 1024;
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        name,
        residentBytes,
        startedAt: started.join(' '),
      },
    ];
  });
}
