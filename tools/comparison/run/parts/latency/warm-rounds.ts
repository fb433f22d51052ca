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
 * Requests per second. Each kind is an independent Poisson process, as customers are. The load keeps two cores about half busy;
 * near full load, every latency would mostly be waiting time for the CPU.
 */
export const ARRIVAL_RATES = {
  browse: 6,
  picture: 6,
  'log-in': 2.4,
  order: 2.1,
  noise: 5,
} as const satisfies Record<LoadKind, number>;
const KINDS = Object.keys(ARRIVAL_RATES) as LoadKind[];

const TIMEOUT_MS = 15_000;
const MAX_IN_FLIGHT = 200;
/**
 * The sandbox limit per function during warm measurements. The load needs fewer, and more sandboxes than cores would not help:
 * on a slow machine, waiting requests would start more sandboxes, which take CPU time from the running ones, so that more
 * requests wait. On AWS each sandbox has its own CPU share.
 */
export const MAX_WARM_SANDBOXES = Math.max(2, availableParallelism());

export interface WarmRounds {
  readonly opened: readonly OpenedTarget[];
  readonly generator: LoadThread;
  readonly noise: NoiseControl;
  readonly collected: Collected;
  readonly context: PartContext;
  readonly blockSeconds: number;
  readonly warmUpSeconds: number;
  /** No round starts after this time. */
  readonly until: number;
}

/** Runs {@link sendRounds} with at most {@link MAX_WARM_SANDBOXES} sandboxes per function. */
export function measureWarm(options: WarmRounds): Promise<number> {
  const targets = options.opened.map(({ target }) => target);
  return withSandboxLimits(targets, { maxSandboxes: MAX_WARM_SANDBOXES }, () =>
    sendRounds(options),
  );
}

/**
 * Sends the same load to each target in turn, in a new random order each round, after a warm-up that is not counted.
 * @returns the number of rounds
 */
async function sendRounds(options: WarmRounds): Promise<number> {
  const { opened, context, blockSeconds, warmUpSeconds, until } = options;
  const random = seededRandom(context.seed);
  const { signal, progress } = context;
  const started = performance.now();
  for (const one of opened) {
    if (!signal.aborted) await sendBlock(options, one, warmUpSeconds, random).catch(() => {});
  }
  let rounds = 0;
  const roundMs = opened.length * (blockSeconds * 1_000 + 800);
  while (!signal.aborted && (rounds === 0 || performance.now() + roundMs < until)) {
    for (const one of shuffled(opened, random)) {
      progress(performance.now() - started, until - started, `warm, ${one.target.name}`);
      if (signal.aborted) break;
      try {
        const samples = await sendBlock(options, one, blockSeconds, random);
        await logsArrived();
        for (const sample of samples) if (sample) note(options.collected, one, sample);
      } catch (error) {
        options.collected.fail(one.target.name, `a block of the load: ${(error as Error).message}`);
      }
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
  const arrivals: Arrival<LoadKind>[] = KINDS.flatMap((kind) => {
    const seed = Math.floor(random() * 2 ** 32);
    const stages = [{ rate: ARRIVAL_RATES[kind], seconds }];
    return arrivalsOf(stages, { spacing: 'poisson', seed }).map((atMs) => ({ atMs, kind }));
  });
  const { baseUrl } = target;
  const { fixtures } = journey;
  const noiseUrl = noise.baseUrl;
  const block = {
    baseUrl,
    fixtures,
    noiseUrl,
    arrivals,
    timeoutMs: TIMEOUT_MS,
    maxInFlight: MAX_IN_FLIGHT,
  };
  return generator.send(block, context.signal);
}

/** Keeps warm samples and counts cold ones. A timed-out request counts with the time it was waited for. */
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
