import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_IDLE_TIMEOUT_MS } from '@triptych/local-cloud';
import { PartFindings } from '../../data/index.ts';
import { spreadOf } from '../../statistics/index.ts';
import type { ComparedTarget, LocalShop, MeasurePart } from '../part.ts';
import { measureToZero } from './idle/to-zero.ts';
import { memoryBytes, processesOf, processorMs } from './processes/process-use.ts';

/** A pause for the work that the previous part left behind. */
const SETTLE_MS = { quick: 1_500, full: 6_000 };
const SAMPLES = { quick: 8, full: 30 };
/** Time reserved for waiting until nothing runs. */
const TO_ZERO_MS = { quick: 2_500, full: 13_000 };

/** Measures processes, memory and CPU time of each variant without traffic. */
export const measureIdle: MeasurePart = async (context) => {
  const findings = new PartFindings('idle');
  const { targets, mode, signal, progress } = context;
  const until = performance.now() + context.budgetMs - TO_ZERO_MS[mode];
  const local = targets.flatMap((target) => (target.local ? [{ target, shop: target.local }] : []));
  for (const { name } of targets.filter((target) => !target.local)) {
    findings.addMissing({
      target: name,
      what: 'Processes, memory and CPU time',
      why: 'the processes of a remote target are not visible to this run',
    });
  }
  if (local.length === 0) return findings;
  progress(0, 1, 'waiting for earlier work to finish');
  await sleep(Math.min(SETTLE_MS[mode], context.budgetMs / 4), undefined, { signal }).catch(
    () => {},
  );

  // There is no load, so all targets can be observed at the same time.
  const seen = local.map(({ target, shop }) => watched(target, shop));
  const count = SAMPLES[mode];
  const intervalMs = Math.max(100, (until - performance.now()) / count);
  for (let sample = 0; sample < count && !signal.aborted; sample += 1) {
    for (const one of seen) one.begin();
    const since = performance.now();
    await sleep(intervalMs, undefined, { signal }).catch(() => {});
    for (const one of seen) one.end(performance.now() - since);
    progress(sample + 1, count, 'observing idle processes');
  }
  for (const one of seen) add(findings, one);
  for (const { target, shop } of local) {
    if (signal.aborted) break;
    progress(count, count, `${target.name}: waiting until everything has stopped`);
    await measureToZero(findings, target, shop, context);
  }
  return findings;
};

/** Collects samples of one target. */
function watched(target: ComparedTarget, shop: LocalShop) {
  const cpu: number[] = [];
  const memory: number[] = [];
  const counts: number[] = [];
  const environment: number[] = [];
  let shared = true;
  let before = new Map<number, number>();
  return {
    target,
    shop,
    cpu,
    memory,
    counts,
    environment,
    isShared: () => shared,
    begin() {
      before = new Map(processesOf(shop).map(({ pid }) => [pid, processorMs(pid) ?? 0]));
    },
    end(ms: number) {
      const now = processesOf(shop);
      const used = now.map(({ pid, kind }) => {
        const spent = processorMs(pid);
        return { kind, ms: spent === undefined ? 0 : spent - (before.get(pid) ?? 0) };
      });
      const perSecond = (some: typeof used) =>
        (some.reduce((sum, one) => sum + one.ms, 0) / ms) * 1000;
      cpu.push(perSecond(used));
      const environments = used.filter(({ kind }) => kind === 'web function');
      if (environments.length > 0) environment.push(perSecond(environments) / environments.length);
      const held = memoryBytes(now.map(({ pid }) => pid));
      shared &&= held.shared;
      memory.push(held.bytes / 2 ** 20);
      counts.push(now.length);
    },
  };
}

function add(findings: PartFindings, one: ReturnType<typeof watched>): void {
  const { target, shop, cpu, memory, counts, environment } = one;
  const { name } = target;
  if (cpu.length === 0) {
    findings.addMissing({
      target: name,
      what: 'Everything',
      why: 'there was no time to take a sample',
    });
    return;
  }
  const how = one.isShared()
    ? 'PSS: each shared page is divided among the processes that share it'
    : 'resident memory: each shared page counts once per process';
  const measured = [
    [
      'processes',
      'Processes while idle',
      counts,
      'count',
      'processes of the variant, without the simulated provider, the local cloud and AWS’s own machines',
    ],
    ['memory', 'Memory while idle', memory, 'MiB', how],
    [
      'cpu',
      'CPU time while idle',
      cpu,
      'ms per s',
      'CPU time of the variant’s processes, counted by the kernel; frozen sandboxes use none',
    ],
    [
      'web-cpu',
      'CPU time of an idle environment of a Web Function',
      environment,
      'ms per s',
      'CPU time of the environments, divided by their number',
    ],
  ] as const;
  for (const [what, title, values, unit, origin] of measured) {
    if (values.length === 0) continue;
    const { median, q1, q3, n } = spreadOf(values);
    findings.figure({
      what,
      target: name,
      title,
      value: median,
      unit,
      sampled: { n, spread: { kind: 'iqr', low: q1, high: q3 } },
      origin: `median of ${n} samples; ${origin}; local, not AWS`,
      better: 'lower',
    });
  }
  const running = processesOf(shop);
  const containers = running.filter(({ kind }) => kind === 'container');
  const functions = running.filter(({ kind }) => kind === 'function');
  for (const { service } of containers) {
    findings.fact({
      target: name,
      subject: 'What scales to zero',
      text: `${service}: a container task, which runs and is billed all the time`,
      ok: false,
    });
  }
  if (target.http === 'web-functions') {
    const environments = running.length - containers.length - functions.length;
    findings.fact({
      target: name,
      subject: 'What scales to zero',
      text: `Web Functions: the local cloud ends an environment after ${SANDBOX_IDLE_TIMEOUT_MS / 1000} s without requests (AWS: not documented); ${environments} existed, running, and AWS bills their memory until they end`,
      ok: true,
    });
  }
  if (functions.length > 0 || target.variant !== 'microservices') {
    findings.fact({
      target: name,
      subject: 'What scales to zero',
      text: `functions: the local cloud ends a sandbox after ${SANDBOX_IDLE_TIMEOUT_MS / 1000} s without requests (AWS: after some minutes, not guaranteed); ${functions.length} existed, frozen`,
      ok: true,
    });
  }
}
