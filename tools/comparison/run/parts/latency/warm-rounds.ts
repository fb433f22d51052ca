import { availableParallelism } from 'node:os';
import { type Arrival, arrivalsOf } from '../../../load/index.ts';
import { seededRandom, shuffled } from '../../../statistics/index.ts';
import type { LoadThread } from '../../load-thread/load-thread.ts';
import type { LoadKind, LoadSample } from '../../load-thread/messages.ts';
import type { PartContext } from '../../part.ts';
import { withSandboxLimits } from '../sandbox-limits.ts';
import { logsArrived, wasCold } from './cold-requests.ts';
import type { Collected } from './collected.ts';
import type { NoiseControl } from './noise-control.ts';
import type { OpenedTarget } from './opened-targets.ts';

/**
 * What is sent, per second; each kind comes by itself, as customers do (Poisson). So much that two cores are busy for about
 * half of the time: near all of it, every latency would be that of a queue for the processor.
 */
export const rates = {
  browse: 6,
  picture: 6,
  'log-in': 2.4,
  order: 2.1,
  noise: 5,
} as const satisfies Record<LoadKind, number>;
const kinds = Object.keys(rates) as LoadKind[];

const timeoutMs = 15_000;
const maxInFlight = 200;
/**
 * What a function may have at once while it is measured warm. The load needs fewer, and more than there are cores would
 * answer nothing sooner: where the machine falters, requests that wait would start them, the starts take the processor from
 * those that answer, and more requests wait. On AWS each sandbox has a processor of its own.
 */
export const warmSandboxes = Math.max(2, availableParallelism());

export interface WarmRounds {
  readonly opened: readonly OpenedTarget[];
  readonly generator: LoadThread;
  readonly noise: NoiseControl;
  readonly collected: Collected;
  readonly context: PartContext;
  readonly blockSeconds: number;
  readonly warmUpSeconds: number;
  /** Nothing begins after this moment. */
  readonly until: number;
}

/** {@link sendRounds} with no more sandboxes than {@link warmSandboxes}. */
export function measureWarm(options: WarmRounds): Promise<number> {
  const targets = options.opened.map(({ target }) => target);
  return withSandboxLimits(targets, { maxSandboxes: warmSandboxes }, () => sendRounds(options));
}

/**
 * Sends the same load to each target in turn, round by round, in an order drawn anew for each round; first a stretch that
 * counts for nothing.
 * @returns the number of rounds
 */
async function sendRounds(options: WarmRounds): Promise<number> {
  const { opened, context, blockSeconds, warmUpSeconds, until } = options;
  const random = seededRandom(context.seed);
  const { signal, progress } = context;
  const started = performance.now();
  for (const one of opened) {
    if (!signal.aborted) await sendBlock(options, one, warmUpSeconds, random);
  }
  let rounds = 0;
  const roundMs = opened.length * (blockSeconds * 1_000 + 800);
  while (!signal.aborted && (rounds === 0 || performance.now() + roundMs < until)) {
    for (const one of shuffled(opened, random)) {
      progress(performance.now() - started, until - started, `warm, ${one.target.name}`);
      if (signal.aborted) break;
      const samples = await sendBlock(options, one, blockSeconds, random);
      await logsArrived();
      for (const sample of samples) if (sample) note(options.collected, one, sample);
    }
    rounds += 1;
  }
  return rounds;
}

function sendBlock(
  { generator, noise, context }: WarmRounds,
  { target, journey }: OpenedTarget,
  seconds: number,
  random: () => number,
): Promise<readonly (LoadSample | undefined)[]> {
  const arrivals: Arrival<LoadKind>[] = kinds.flatMap((kind) => {
    const seed = Math.floor(random() * 2 ** 32);
    const stages = [{ rate: rates[kind], seconds }];
    return arrivalsOf(stages, { spacing: 'poisson', seed }).map((atMs) => ({ atMs, kind }));
  });
  const { baseUrl } = target;
  const { makings } = journey;
  const noiseUrl = noise.baseUrl;
  const block = { baseUrl, makings, noiseUrl, arrivals, timeoutMs, maxInFlight };
  return generator.send(block, context.signal);
}

/** Keeps warm samples and counts cold ones. What was given up counts as long as it was waited for. */
function note(collected: Collected, { target }: OpenedTarget, sample: LoadSample): void {
  const { kind, latencyMs, outcome, result, error } = sample;
  const { name } = target;
  if (kind === 'noise') {
    if (outcome === 'ok') collected.add(name, 'noise', latencyMs);
    return;
  }
  if (outcome !== 'ok') collected.fail(name, `${kind}: ${error?.message ?? outcome}`);
  if (outcome === 'failed') return;
  const given = result && 'confirmedMs' in result ? result : undefined;
  const steps =
    kind === 'order'
      ? [
          {
            step: 'place-order',
            ms: given ? given.acceptedMs + (sample.lateMs ?? 0) : latencyMs,
            what: 'request',
          } as const,
          { step: 'order-confirmed', ms: latencyMs, what: 'all' } as const,
        ]
      : [{ step: kind, ms: latencyMs, what: 'request' } as const];
  for (const { step, ms, what } of steps) {
    if (result && wasCold(target, result.traceId, what)) collected.count(name, `${step}/cold`);
    else collected.add(name, `${step}/warm`, ms);
  }
}
