import { PartFindings } from '../../data/index.ts';
import { MAX_NOISE_MS, MAX_NOISE_RATIO, noiseBeside } from '../../report/noise-control.ts';
import { CONFIRMATION_POLL_MS, JOURNEY_STEPS } from '../../workloads/index.ts';
import { LoadThread } from '../load-thread/load-thread.ts';
import type { MeasurePart } from '../part.ts';
import { addMissingP99, addQuantiles } from './latency/add-quantiles.ts';
import { addCold, addInits, type Measured } from './latency/cold-figures.ts';
import { hasSandboxes } from './latency/cold-requests.ts';
import { measureCold } from './latency/cold-rounds.ts';
import { Collected } from './latency/collected.ts';
import { InitDurations } from './latency/init-durations.ts';
import { startNoiseControl } from './latency/noise-control.ts';
import { closeTargets, type OpenedTarget, openTargets } from './latency/opened-targets.ts';
import { STEP_TITLES } from './latency/step-titles.ts';
import { ARRIVAL_RATES, MAX_WARM_SANDBOXES, measureWarm } from './latency/warm-rounds.ts';

/** A shop rejects more than ten concurrent log-ins of one account, so there are enough accounts for all requests in flight. */
const SCALES = {
  quick: { blockSeconds: 3, warmUpSeconds: 2, coldRounds: 2, accounts: 4 },
  full: { blockSeconds: 8.5, warmUpSeconds: 4, coldRounds: 31, accounts: 12 },
} as const;
/** The share of the measuring time for cold requests, if a target has any. */
const COLD_SHARE = 0.47;

/** Measures the latency of each step of a journey: warm under an open-loop load, and cold one request at a time. */
export const measureLatency: MeasurePart = async (context) => {
  const findings = new PartFindings('latency');
  const deadline = performance.now() + context.budgetMs;
  const noise = await startNoiseControl();
  const generator = new LoadThread();
  const { accounts, coldRounds, ...scale } = SCALES[context.mode];
  const opened = await openTargets(context, findings, accounts);
  const collected = new Collected();
  try {
    if (opened.length === 0) return findings;
    const now = performance.now();
    const share = opened.some(({ target }) => target.local) ? 1 - COLD_SHARE : 1;
    const until = now + (deadline - now) * share;
    const load = { opened, generator, noise, collected, context };
    const rounds = await measureWarm({ ...load, ...scale, until });
    addWarm(findings, { context, opened, collected, rounds, seconds: scale.blockSeconds });

    const canBeCold = opened.filter(({ target }) => hasSandboxes(target));
    const spareMs = 1_500;
    const inits = new InitDurations();
    const never = await measureCold({
      opened: canBeCold,
      collected,
      inits,
      context,
      rounds: coldRounds,
      until: deadline - spareMs,
    });
    addCold(findings, { context, opened, collected, never });
    for (const { target } of canBeCold) addInits(findings, target, inits, context.seed);
    addFailures(findings, opened, collected);
    return findings;
  } finally {
    closeTargets(opened);
    await Promise.all([generator.stop(), noise.stop()]);
  }
};

function addWarm(
  findings: PartFindings,
  { context, opened, collected, rounds, seconds }: Measured & { rounds: number; seconds: number },
): void {
  const { seed } = context;
  const method =
    `open loop, Poisson, ${rounds} × ${seconds} s per target in random order, latency from the intended start, ` +
    'bootstrap 95 % interval; a request without an answer within 15 s counts as 15 s';
  for (const { target } of opened) {
    const { name } = target;
    const withoutP99: string[] = [];
    const bounded = hasSandboxes(target)
      ? `; at most ${MAX_WARM_SANDBOXES} sandboxes per function`
      : '';
    for (const step of JOURNEY_STEPS) {
      const what = `${step}/warm`;
      const cold = collected.counted(name, `${step}/cold`);
      const apart = target.local
        ? `; ${cold} cold requests, identified by the shop’s spans, are left out`
        : '; includes cold requests, because a remote target does not identify them';
      const poll = step === 'order-confirmed' ? `; polled every ${CONFIRMATION_POLL_MS} ms` : '';
      const title = `${STEP_TITLES[step]}, warm`;
      const samplesMs = collected.of(name, what);
      const origin = method + bounded + apart + poll;
      const complete = addQuantiles(findings, {
        target: name,
        what,
        title,
        samplesMs,
        origin,
        seed,
      });
      if (!complete) withoutP99.push(title);
    }
    addMissingP99(findings, name, withoutP99);
    addNoise(findings, { target: name, samplesMs: collected.of(name, 'noise'), seed });
  }
  const all = opened.flatMap(({ target }) => collected.of(target.name, 'noise'));
  addNoise(findings, { samplesMs: all, seed });
  judgeNoise(
    findings,
    opened.map(({ target }) => target.name),
  );
  for (const [kind, rate] of [
    ...Object.entries(ARRIVAL_RATES),
    ['', sumOf(Object.values(ARRIVAL_RATES))] as const,
  ]) {
    findings.figure({
      what: kind ? `rate/${kind}` : 'rate',
      title: kind ? `Arrival rate of the load: ${kind}` : 'Arrival rate of the load, total',
      value: rate,
      unit: '1/s',
      origin:
        'configured; each kind is an independent Poisson process; polling of orders comes on top',
    });
  }
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function addNoise(
  findings: PartFindings,
  given: { target?: string; samplesMs: readonly number[]; seed: number },
): void {
  addQuantiles(findings, {
    ...given,
    what: 'noise',
    title: `Noise control${given.target ? '' : ', all targets together'}: one kilobyte from a plain node:http server under the same load`,
    origin:
      'a server in its own thread, called as part of the same load by the same generator: differences here come from the ' +
      'machine and the generator, not from the target',
    quantiles: ['p50', 'p95'],
  });
}

/** Says whether the noise control allows a comparison of the latencies. */
function judgeNoise(findings: PartFindings, targets: readonly string[]): void {
  const noises = targets.flatMap((target) => noiseBeside(findings.figures, target) ?? []);
  if (noises.length === 0) return;
  const medians = noises.map(({ p50 }) => p50);
  const [least, most] = [Math.min(...medians), Math.max(...medians)];
  const busy = most > MAX_NOISE_MS;
  const uneven = most / least > MAX_NOISE_RATIO;
  const took = `a plain server answered in ${least.toFixed(1)} to ${most.toFixed(1)} ms (median beside each target) under the same load`;
  const verdict = busy
    ? `more than ${MAX_NOISE_MS} ms: the machine was busy with other work, so this run names no winner for any time`
    : `the noise differs by more than a factor of ${MAX_NOISE_RATIO} between targets, so this run names no winner for any time`;
  findings.fact({
    subject: 'Noise control',
    text: `${took}; ${busy || uneven ? verdict : 'that is little enough to compare the targets'}`,
    ok: !busy && !uneven,
  });
}

function addFailures(
  findings: PartFindings,
  opened: readonly OpenedTarget[],
  collected: Collected,
): void {
  for (const { target } of opened) {
    const failures = collected.failures(target.name);
    const text =
      failures.length === 0
        ? 'every request of the load succeeded'
        : failures.map(({ message, times }) => `${times} × ${message}`).join('; ');
    findings.fact({
      target: target.name,
      subject: 'Answers under the load',
      text,
      ok: failures.length === 0,
    });
  }
}
