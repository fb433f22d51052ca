import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_IDLE_TIMEOUT_MS } from '@triptych/local-cloud';
import { PartFindings } from '../../data/index.ts';
import { spreadOf } from '../../statistics/index.ts';
import type { ComparedTarget, LocalShop, MeasurePart } from '../part.ts';
import { measureToZero } from './idle/to-zero.ts';
import { memoryBytes, processesOf, processorMs } from './processes/process-use.ts';

/** What is still on its way from the part before. */
const settleMs = { quick: 1_500, full: 6_000 };
const samples = { quick: 8, full: 30 };
/** Of the part's time, for waiting until nothing runs. */
const zeroMs = { quick: 2_500, full: 13_000 };

/** Processes, memory and processor time of each variant while nobody asks for anything. */
export const measureIdle: MeasurePart = async (context) => {
  const findings = new PartFindings('idle');
  const { targets, mode, signal, progress } = context;
  const until = performance.now() + context.budgetMs - zeroMs[mode];
  const local = targets.flatMap((target) => (target.local ? [{ target, shop: target.local }] : []));
  for (const { name } of targets.filter((target) => !target.local)) {
    findings.lack({
      target: name,
      what: 'processes, memory and processor time',
      why: 'the machines of a remote target cannot be looked at from here',
    });
  }
  if (local.length === 0) return findings;
  progress(0, 1, 'letting things settle');
  await sleep(Math.min(settleMs[mode], context.budgetMs / 4), undefined, { signal }).catch(
    () => {},
  );

  // Nobody is asked for anything, so the targets can be watched at the same time.
  const seen = local.map(({ target, shop }) => watched(target, shop));
  const count = samples[mode];
  const intervalMs = Math.max(100, (until - performance.now()) / count);
  for (let sample = 0; sample < count && !signal.aborted; sample += 1) {
    for (const one of seen) one.begin();
    const since = performance.now();
    await sleep(intervalMs, undefined, { signal }).catch(() => {});
    for (const one of seen) one.end(performance.now() - since);
    progress(sample + 1, count, 'watching processes that have nothing to do');
  }
  for (const one of seen) add(findings, one);
  for (const { target, shop } of local) {
    if (signal.aborted) break;
    progress(count, count, `${target.name}: waiting until nothing runs`);
    await measureToZero(findings, target, shop, context);
  }
  return findings;
};

/** Collects samples of one target. */
function watched(target: ComparedTarget, shop: LocalShop) {
  const cpu: number[] = [];
  const memory: number[] = [];
  const counts: number[] = [];
  let shared = true;
  let before = new Map<number, number>();
  return {
    target,
    shop,
    cpu,
    memory,
    counts,
    isShared: () => shared,
    begin() {
      before = new Map(processesOf(shop).map(({ pid }) => [pid, processorMs(pid) ?? 0]));
    },
    end(ms: number) {
      const now = processesOf(shop);
      const used = now.map(({ pid }) => {
        const spent = processorMs(pid);
        return spent === undefined ? 0 : spent - (before.get(pid) ?? 0);
      });
      cpu.push((used.reduce((sum, one) => sum + one, 0) / ms) * 1000);
      const held = memoryBytes(now.map(({ pid }) => pid));
      shared &&= held.shared;
      memory.push(held.bytes / 2 ** 20);
      counts.push(now.length);
    },
  };
}

function add(findings: PartFindings, one: ReturnType<typeof watched>): void {
  const { target, shop, cpu, memory, counts } = one;
  const { name } = target;
  if (cpu.length === 0) {
    findings.lack({ target: name, what: 'everything', why: 'there was no time for a sample' });
    return;
  }
  const how = one.isShared()
    ? 'PSS: pages that several share are divided among them'
    : 'resident memory: pages that several share count for each';
  const measured = [
    [
      'processes',
      'Processes while nothing is asked',
      counts,
      'count',
      'those of the variant, without the simulated provider, the local cloud, and AWS’s own machines',
    ],
    ['memory', 'Memory while nothing is asked', memory, 'MiB', how],
    [
      'cpu',
      'Processor time while nothing is asked',
      cpu,
      'ms per s',
      'of the variant’s processes, as the kernel counts it; frozen sandboxes have none',
    ],
  ] as const;
  for (const [what, title, values, unit, origin] of measured) {
    const { median, q1, q3, n } = spreadOf(values);
    findings.figure({
      what,
      target: name,
      title,
      value: median,
      unit,
      sampled: { n, spread: { kind: 'iqr', low: q1, high: q3 } },
      origin: `median of ${n} looks; ${origin}; local, not AWS`,
      better: 'lower',
    });
  }
  const running = processesOf(shop);
  const containers = running.filter(({ kind }) => kind === 'container');
  const functions = running.filter(({ kind }) => kind === 'function');
  for (const { service } of containers) {
    findings.fact({
      target: name,
      subject: 'What goes to zero',
      text: `${service}: a container task, which runs and is paid for all the time`,
      ok: false,
    });
  }
  if (functions.length > 0 || target.variant !== 'microservices') {
    findings.fact({
      target: name,
      subject: 'What goes to zero',
      text: `functions: the local cloud ends a sandbox after ${SANDBOX_IDLE_TIMEOUT_MS / 1000} idle seconds (AWS: some minutes, not promised); ${functions.length} were there, frozen`,
      ok: true,
    });
  }
}
