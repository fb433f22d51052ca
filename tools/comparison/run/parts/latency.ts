import { PartFindings } from '../../data/index.ts';
import { median } from '../../statistics/index.ts';
import { confirmationPollMs, journeySteps } from '../../workloads/index.ts';
import { LoadThread } from '../load-thread/load-thread.ts';
import type { MeasurePart } from '../part.ts';
import { addQuantiles, lackP99 } from './latency/add-quantiles.ts';
import { addCold, addInits, type Measured } from './latency/cold-figures.ts';
import { hasSandboxes } from './latency/cold-requests.ts';
import { measureCold } from './latency/cold-rounds.ts';
import { Collected } from './latency/collected.ts';
import { InitDurations } from './latency/init-durations.ts';
import { startNoiseControl } from './latency/noise-control.ts';
import { closeTargets, type OpenedTarget, openTargets } from './latency/opened-targets.ts';
import { stepTitles } from './latency/step-titles.ts';
import { measureWarm, rates, warmSandboxes } from './latency/warm-rounds.ts';

/** A shop refuses more than ten log-ins of one account at once: there are enough accounts for what is under way. */
const scales = {
  quick: { blockSeconds: 3, warmUpSeconds: 2, coldRounds: 2, accounts: 4 },
  full: { blockSeconds: 8.5, warmUpSeconds: 4, coldRounds: 31, accounts: 12 },
} as const;
/** Of the time that is left when the targets are ready, where some can be cold. */
const coldShare = 0.47;

/** How long each step of a journey takes, warm under an open load and cold one by one. */
export const measureLatency: MeasurePart = async (context) => {
  const findings = new PartFindings('latency');
  const deadline = performance.now() + context.budgetMs;
  const noise = await startNoiseControl();
  const generator = new LoadThread();
  const { accounts, coldRounds, ...scale } = scales[context.mode];
  const opened = await openTargets(context, findings, accounts);
  const collected = new Collected();
  try {
    if (opened.length === 0) return findings;
    const now = performance.now();
    const share = opened.some(({ target }) => target.local) ? 1 - coldShare : 1;
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
    'bootstrap 95 % interval; what was not answered in 15 s counts as 15 s';
  for (const { target } of opened) {
    const { name } = target;
    const withoutP99: string[] = [];
    const bounded = hasSandboxes(target) ? `; at most ${warmSandboxes} sandboxes a function` : '';
    for (const step of journeySteps) {
      const what = `${step}/warm`;
      const cold = collected.counted(name, `${step}/cold`);
      const apart = target.local
        ? `; ${cold} cold ones are left out, as the shop’s spans name them`
        : '; a remote target does not tell which were cold, so these are all';
      const poll = step === 'order-confirmed' ? `; looked every ${confirmationPollMs} ms` : '';
      const title = `${stepTitles[step]}, warm`;
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
    lackP99(findings, name, withoutP99);
    addNoise(findings, { target: name, samplesMs: collected.of(name, 'noise'), seed });
  }
  const all = opened.flatMap(({ target }) => collected.of(target.name, 'noise'));
  addNoise(findings, { samplesMs: all, seed });
  judgeNoise(findings, all);
  for (const [kind, rate] of [
    ...Object.entries(rates),
    ['', sumOf(Object.values(rates))] as const,
  ]) {
    findings.figure({
      what: kind ? `rate/${kind}` : 'rate',
      title: kind ? `Arrivals of the load: ${kind}` : 'Arrivals of the load, all together',
      value: rate,
      unit: '1/s',
      origin: 'set; each kind arrives by itself (Poisson), orders are looked at besides',
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
    title: `Noise of the machine${given.target ? '' : ', beside all targets'}: one kilobyte from a plain node:http server, under the same load`,
    origin:
      'a thread that does nothing else, asked within the same load by the same generator, which is a thread too: what changes ' +
      'here is the machine’s and the generator’s, not the target’s',
    quantiles: ['p50', 'p95'],
  });
}

/** On a machine that does nothing else a plain server answers in about a millisecond; beyond this, others had the processor. */
const quietMs = 10;

function judgeNoise(findings: PartFindings, samplesMs: readonly number[]): void {
  if (samplesMs.length === 0) return;
  const ms = median(samplesMs);
  const quiet = ms <= quietMs;
  findings.fact({
    subject: 'Noise of the machine',
    text: quiet
      ? `a plain server answered in ${ms.toFixed(1)} ms (median) under the same load: what differs between targets is theirs`
      : `a plain server took ${ms.toFixed(0)} ms (median, more than ${quietMs}): the machine was busy beyond what was measured, so the latencies of this run show little but that`,
    ok: quiet,
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
        ? 'every request of the load was answered as it should be'
        : failures.map(({ message, times }) => `${times} × ${message}`).join('; ');
    findings.fact({
      target: target.name,
      subject: 'Answers under the load',
      text,
      ok: failures.length === 0,
    });
  }
}
