import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One process as the system lists it. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly residentBytes: number;
  /** Tells this process from a later one with the same pid. */
  readonly startedAt: string;
}

/** All processes that `root` has started, by itself or through others, and `root` itself. */
export function treeOf(root: number, all: readonly Process[] = allProcesses()): Process[] {
  const children = new Map<number, Process[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Those of `known` that still run. */
export function stillRunning(known: readonly Process[]): Process[] {
  const now = new Map(allProcesses().map((one) => [one.pid, one.startedAt]));
  return known.filter(({ pid, startedAt }) => now.get(pid) === startedAt);
}

/** Linux tells by /proc even where no `ps` is installed; other systems by `ps`. */
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
      return []; // it has ended since
    }
  });
}

/** From proc_pid_status(5), and the one thing that only proc_pid_stat(5) tells: when it started. Undefined when it has ended. */
export function parseProc(status: string, stat: string): Process | undefined {
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
  // A zombie has ended; only its parent has not asked how.
  if (field('State') === 'Z') return undefined;
  // Field 22, counted from 1; the second may contain anything, so what follows is after its last bracket.
  const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3] ?? '';
  return {
    pid: Number(field('Pid')),
    parent: Number(field('PPid')),
    name: field('Name'),
    startedAt,
    // Absent for the kernel's own threads.
    residentBytes: Number(field('VmRSS')) * 1024,
  };
}

/** Bytes of memory with each shared page divided among those that share it; undefined where no such thing is told. */
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
