import type { PartFindings } from '../../../data/index.ts';
import { seededRandom, shuffled } from '../../../statistics/index.ts';
import type { Journey, Step } from '../../../workloads/index.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';
import { addQuantiles } from '../latency/add-quantiles.ts';
import { hasSandboxes, spanArrived, wasCold } from '../latency/cold-requests.ts';
import { Collected } from '../latency/collected.ts';
import { InitDurations } from '../latency/init-durations.ts';
import type { OpenedTarget } from '../latency/opened-targets.ts';

const TIMEOUT_MS = 30_000;

const FIRSTS = {
  'cold-first-request': {
    title: 'First request after idle: browsing',
    ask: (journey: Journey, signal: AbortSignal) => journey.browse(signal),
  },
  'cold-first-picture': {
    title: 'First request after idle: a new rendition',
    ask: (journey: Journey, signal: AbortSignal) => journey.newPicture(signal),
  },
} satisfies Record<
  string,
  { title: string; ask: (journey: Journey, signal: AbortSignal) => Promise<Step> }
>;
type First = keyof typeof FIRSTS;
const KINDS = Object.keys(FIRSTS) as First[];

/**
 * Sends a first request to each local target after ending all sandboxes. Processes that run all the time keep running.
 * @param until no request starts after this time
 */
export async function measureFirstRequests(
  findings: PartFindings,
  opened: readonly OpenedTarget[],
  context: PartContext,
  { rounds, until }: { readonly rounds: number; readonly until: number },
): Promise<void> {
  const local = opened.filter(({ target }) => target.local);
  for (const { target } of opened.filter((one) => !one.target.local)) {
    const why =
      'this run cannot end the sandboxes of a remote target and does not know when they end';
    findings.addMissing({ target: target.name, what: 'First request after idle', why });
  }
  const collected = new Collected();
  const inits = new InitDurations();
  const random = seededRandom(context.seed + 3);
  const ended = () => context.signal.aborted || performance.now() > until;
  for (const { target, journey } of local) {
    // Starts sandboxes, so that there is something to end, and skips earlier log lines.
    await journey.browse(limitOf(context)).catch(() => {});
    await journey.newPicture(limitOf(context)).catch(() => {});
    inits.skip(target);
  }
  for (let round = 0; round < rounds && !(round > 0 && ended()); round += 1) {
    context.progress(round, rounds, 'first requests after idle');
    for (const kind of KINDS) {
      for (const one of shuffled(local, random)) {
        // At least one round runs, because without it there is no result.
        if (context.signal.aborted || (round > 0 && ended())) break;
        await askFirst(one, kind, context, collected);
      }
    }
    for (const { target } of local) inits.collect(target);
  }
  for (const { target } of local) addFirsts(findings, target, collected, inits, context.seed);
}

const limitOf = ({ signal }: PartContext) =>
  AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);

async function askFirst(
  { target, journey }: OpenedTarget,
  kind: First,
  context: PartContext,
  collected: Collected,
): Promise<void> {
  try {
    await target.local?.makeCold();
    const sinceMs = Date.now();
    const since = performance.now();
    const { traceId } = await FIRSTS[kind].ask(journey, limitOf(context));
    collected.add(target.name, kind, performance.now() - since);
    // Check before the next target gets a request, so that new processes belong to this one.
    await spanArrived(target, traceId);
    if (wasCold(target, traceId, 'request', sinceMs)) collected.count(target.name, kind);
  } catch (error) {
    if (!context.signal.aborted) collected.fail(target.name, (error as Error).message);
  }
}

function addFirsts(
  findings: PartFindings,
  target: ComparedTarget,
  collected: Collected,
  inits: InitDurations,
  seed: number,
): void {
  const { name } = target;
  for (const kind of KINDS) {
    const samplesMs = collected.of(name, kind);
    const cold = collected.counted(name, kind);
    addQuantiles(findings, {
      target: name,
      what: kind,
      title: FIRSTS[kind].title,
      samplesMs,
      origin: `one request after ending every sandbox, ${samplesMs.length} times; ${cold} of them started a process`,
      seed,
      quantiles: ['p50', 'p95'],
    });
  }
  for (const { message, times } of collected.failures(name)) {
    findings.fact({
      target: name,
      subject: 'First request after idle',
      text: `${times} × ${message}`,
      ok: false,
    });
  }
  const initMs = inits.of(target);
  if (initMs.length > 0) {
    addQuantiles(findings, {
      target: name,
      what: 'init',
      title: 'Start of a function (INIT)',
      samplesMs: initMs,
      origin: 'Init Duration in the REPORT lines of the functions that answered the first requests',
      seed,
      quantiles: ['p50', 'p95'],
    });
  } else {
    const why = hasSandboxes(target)
      ? 'no REPORT line had an Init Duration'
      : 'the variant has no functions';
    findings.addMissing({ target: name, what: 'Start of a function', why });
  }
}
