import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { RunningProcess } from '@triptych/local-cloud';
import { allProcesses, proportionalBytes, treeOf } from '../../../bench/start/process-tree.ts';
import { isOfVariant } from '../../local-targets.ts';
import type { LocalShop } from '../../part.ts';

/** A process of a variant with its service, such as `catalog`, and its source, `Http` or `Service`. */
export interface VariantProcess {
  readonly pid: number;
  readonly service: string;
  readonly source: string;
  readonly kind: RunningProcess['kind'];
}

/** Lists the variant's running processes, without the simulated payment provider. */
export function processesOf({ shop }: LocalShop): VariantProcess[] {
  return shop.cloud
    .processes()
    .filter(isOfVariant)
    .map(({ pid, stack, source, kind }) => ({
      pid,
      service: stack.slice(stack.lastIndexOf('-') + 1),
      source,
      kind,
    }));
}

/** CPU time of a process so far, in milliseconds; undefined if it has ended. */
export function processorMs(pid: number): number | undefined {
  try {
    if (process.platform === 'linux') return threadsMs(pid);
    const { stdout } = spawnSync('ps', ['-o', 'time=', '-p', String(pid)], {
      encoding: 'utf8',
      timeout: 5_000,
    });
    const parts = stdout.trim().split(/[:-]/).map(Number);
    return parts.length < 2 ? undefined : parts.reduce((sum, part) => sum * 60 + part, 0) * 1000;
  } catch {
    return undefined;
  }
}

/** Reads each thread's CPU time in nanoseconds from `schedstat`; `stat` counts only in steps of 10 ms. */
function threadsMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]);
    } catch {
      return 0; // the thread has ended
    }
  });
  return nanoseconds.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

/** Mean resident memory of the environments of each Web Function. On AWS, an environment shares its pages with no other. */
export function environmentMiB(local: LocalShop): Map<string, number> {
  const environments = processesOf(local).filter(({ kind }) => kind === 'web function');
  if (environments.length === 0) return new Map();
  const bytes = new Map(allProcesses().map((one) => [one.pid, one.residentBytes]));
  const byService = Map.groupBy(environments, ({ service }) => service);
  return new Map(
    [...byService].map(([service, own]) => {
      const sum = own.reduce((all, { pid }) => all + (bytes.get(pid) ?? 0), 0);
      return [service, sum / own.length / 2 ** 20];
    }),
  );
}

/** Memory of processes and their children, in bytes. Shared pages are divided among their users if the system supports it. */
export function memoryBytes(pids: readonly number[]): { bytes: number; shared: boolean } {
  const proportional = pids.map(proportionalBytes);
  if (proportional.every((bytes) => bytes !== undefined)) {
    return { bytes: proportional.reduce((sum, bytes) => sum + bytes, 0), shared: true };
  }
  const resident = pids.flatMap((pid) => treeOf(pid)).map(({ residentBytes }) => residentBytes);
  return { bytes: resident.reduce((sum, bytes) => sum + bytes, 0), shared: false };
}
