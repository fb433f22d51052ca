import { setTimeout as sleep } from 'node:timers/promises';
import type { PartFindings } from '../../../data/index.ts';
import { arrivalsOf } from '../../../load/index.ts';
import { type Estimate, estimateOf, quantile } from '../../../statistics/index.ts';
import type { LoadThread } from '../../load-thread/load-thread.ts';
import type { LoadSample } from '../../load-thread/messages.ts';
import type { PartContext } from '../../part.ts';
import { addQuantiles, lackP99 } from '../latency/add-quantiles.ts';
import { logsArrived, wasCold } from '../latency/cold-requests.ts';
import type { OpenedTarget } from '../latency/opened-targets.ts';
import type { Shape } from './shapes.ts';

const timeoutMs = 30_000;
const maxInFlight = 200;
/** Long enough for a sandbox to be idle again after its answer. */
const restMs = 300;

/** Sends a shape to a target that has scaled down to what one request needs, and adds what came of it. */
export async function sendShape(
  findings: PartFindings,
  { target, journey }: OpenedTarget,
  shape: Shape,
  { context, generator }: { readonly context: PartContext; readonly generator: LoadThread },
): Promise<void> {
  const { seed, signal } = context;
  await target.local?.makeCold();
  await journey.browse(AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  await sleep(restMs);
  const arrivals = arrivalsOf(shape.stages, { spacing: 'poisson', seed });
  const samples = await generator.send(
    {
      baseUrl: target.baseUrl,
      makings: journey.makings,
      arrivals: arrivals.map((atMs) => ({ atMs, kind: 'browse' as const })),
      timeoutMs,
      maxInFlight,
    },
    signal,
  );
  await logsArrived();
  const all = samples.filter((sample) => sample !== undefined);
  // An interrupted shape is another shape.
  if (all.length < arrivals.length) return;
  addShape(findings, { target, journey }, shape, all, seed);
}

function addShape(
  findings: PartFindings,
  { target }: OpenedTarget,
  { id, title }: Shape,
  samples: readonly LoadSample[],
  seed: number,
): void {
  const { name } = target;
  const answered = samples.filter(({ outcome }) => outcome !== 'failed');
  const origin =
    'browsing, open loop, the same Poisson arrivals for every target, after every sandbox was ended and one request answered; ' +
    `latency from the intended start; what was not answered in ${timeoutMs / 1_000} s counts as that` +
    (target.local ? '; the local cloud bounds how many sandboxes a function has' : '');
  const complete = addQuantiles(findings, {
    target: name,
    what: id,
    title,
    samplesMs: answered.map(({ latencyMs }) => latencyMs),
    origin,
    seed,
  });
  lackP99(findings, name, complete ? [] : [title]);
  const failed = samples.length - answered.length;
  const late = answered.filter(({ outcome }) => outcome !== 'ok').length;
  findings.fact({
    target: name,
    subject: title,
    text: `${samples.length} requests: ${failed} refused or broken, ${late} not answered in time`,
    ok: failed + late === 0,
  });
  addCold(findings, { target, title, id, answered, seed });
}

function addCold(
  findings: PartFindings,
  given: Pick<OpenedTarget, 'target'> &
    Pick<Shape, 'id' | 'title'> & { answered: readonly LoadSample[]; seed: number },
): void {
  const { target, title, id, answered, seed } = given;
  const { name } = target;
  if (!target.local) {
    const why = 'a remote target does not tell which of its answers waited for a start';
    findings.lack({ target: name, what: `${title}: share of cold requests`, why });
    return;
  }
  if (answered.length === 0) return;
  const isCold = ({ result }: LoadSample) =>
    result !== undefined && wasCold(target, result.traceId, 'request') === true;
  const seen = answered.map((sample) => ({ ms: sample.latencyMs, cold: isCold(sample) }));
  const sampledAs = ({ n, low, high }: Estimate) => ({
    n,
    spread: { kind: 'ci95' as const, low, high },
  });
  const share = estimateOf(seen, shareOfCold, { seed });
  findings.figure({
    target: name,
    what: `${id}/cold-share`,
    title: `${title}: share for which a process started`,
    value: share.value,
    unit: 'share',
    sampled: sampledAs(share),
    origin: 'counted: the span of the request says cold; bootstrap 95 % interval',
    better: 'lower',
  });
  if (seen.every(({ cold }) => cold)) {
    const why = 'no request was warm';
    findings.lack({ target: name, what: `${title}: what cold starts cost the tail`, why });
    return;
  }
  const cost = estimateOf(seen, costOfCold, { seed });
  findings.figure({
    target: name,
    what: `${id}/cold-cost`,
    title: `${title}: p95 of all less p95 of the warm ones`,
    value: cost.value,
    unit: 'ms',
    sampled: sampledAs(cost),
    origin:
      'both from the same requests, bootstrap 95 % interval; a request that waited in line for a sandbox that was ' +
      'already starting for another is among the warm, so this is the least that cold starts cost',
    better: 'lower',
  });
}

interface Seen {
  readonly ms: number;
  readonly cold: boolean;
}

const shareOfCold = (seen: readonly Seen[]) => seen.filter(({ cold }) => cold).length / seen.length;

/** How much longer p95 is for the cold ones among them; NaN when none is warm. */
function costOfCold(seen: readonly Seen[]): number {
  const warm = seen.filter(({ cold }) => !cold);
  if (warm.length === 0) return Number.NaN;
  const p95 = (some: readonly Seen[]) =>
    quantile(
      some.map(({ ms }) => ms),
      0.95,
    );
  return p95(seen) - p95(warm);
}
