import { setTimeout as sleep } from 'node:timers/promises';
import type { PartFindings } from '../../../data/index.ts';
import { arrivalsOf } from '../../../load/index.ts';
import { type Estimate, estimateOf, quantile } from '../../../statistics/index.ts';
import type { LoadThread } from '../../load-thread/load-thread.ts';
import type { LoadSample } from '../../load-thread/messages.ts';
import type { PartContext } from '../../part.ts';
import { addMissingP99, addQuantiles } from '../latency/add-quantiles.ts';
import { logsArrived, wasCold } from '../latency/cold-requests.ts';
import type { OpenedTarget } from '../latency/opened-targets.ts';
import type { Shape } from './shapes.ts';

const TIMEOUT_MS = 30_000;
const MAX_IN_FLIGHT = 200;
/** Long enough for a sandbox to become idle after its answer. */
const REST_MS = 300;

/** Sends a shape to a target that has only the sandboxes of one request, and adds the results. */
export async function sendShape(
  findings: PartFindings,
  { target, journey }: OpenedTarget,
  shape: Shape,
  { context, generator }: { readonly context: PartContext; readonly generator: LoadThread },
): Promise<void> {
  const { seed, signal } = context;
  await target.local?.makeCold();
  await journey.browse(AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
  await sleep(REST_MS);
  const arrivals = arrivalsOf(shape.stages, { spacing: 'poisson', seed });
  const samples = await generator.send(
    {
      baseUrl: target.baseUrl,
      fixtures: journey.fixtures,
      arrivals: arrivals.map((atMs) => ({ atMs, kind: 'browse' as const })),
      timeoutMs: TIMEOUT_MS,
      maxInFlight: MAX_IN_FLIGHT,
    },
    signal,
  );
  await logsArrived();
  const all = samples.filter((sample) => sample !== undefined);
  // The results of an interrupted shape are not comparable.
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
    'browsing, open loop, the same Poisson arrivals for every target, after ending every sandbox and one request; ' +
    `latency from the intended start; a request without an answer within ${TIMEOUT_MS / 1_000} s counts as that long` +
    (target.local ? '; the local cloud limits the number of sandboxes per function' : '');
  const complete = addQuantiles(findings, {
    target: name,
    what: id,
    title,
    samplesMs: answered.map(({ latencyMs }) => latencyMs),
    origin,
    seed,
  });
  addMissingP99(findings, name, complete ? [] : [title]);
  const failed = samples.length - answered.length;
  const late = answered.filter(({ outcome }) => outcome !== 'ok').length;
  findings.fact({
    target: name,
    subject: title,
    text: `${samples.length} requests: ${failed} failed, ${late} not answered in time`,
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
    const why = 'a remote target does not identify cold requests';
    findings.addMissing({ target: name, what: `${title}: share of cold requests`, why });
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
    title: `${title}: share of cold requests`,
    value: share.value,
    unit: 'share',
    sampled: sampledAs(share),
    origin: 'requests whose span is marked cold; bootstrap 95 % interval',
    better: 'lower',
  });
  if (seen.every(({ cold }) => cold)) {
    const why = 'no request was warm';
    findings.addMissing({ target: name, what: `${title}: effect of cold starts on p95`, why });
    return;
  }
  const cost = estimateOf(seen, costOfCold, { seed });
  findings.figure({
    target: name,
    what: `${id}/cold-cost`,
    title: `${title}: p95 of all requests minus p95 of warm requests`,
    value: cost.value,
    unit: 'ms',
    sampled: sampledAs(cost),
    origin:
      'both from the same requests, bootstrap 95 % interval; a request that queued for a sandbox that was ' +
      'already starting for another request counts as warm, so this is a lower bound',
    better: 'lower',
  });
}

interface Seen {
  readonly ms: number;
  readonly cold: boolean;
}

const shareOfCold = (seen: readonly Seen[]) => seen.filter(({ cold }) => cold).length / seen.length;

/** The difference that cold requests make to p95; NaN if no request is warm. */
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
