import { PartFindings } from '../../data/index.ts';
import { seededRandom, shuffled } from '../../statistics/index.ts';
import { LoadThread } from '../load-thread/load-thread.ts';
import type { MeasurePart, PartContext } from '../part.ts';
import { measureFirstRequests } from './bursts/first-requests.ts';
import { sendShape } from './bursts/send-shape.ts';
import { needsMs, type Shape, shapesOf } from './bursts/shapes.ts';
import { measureWhatShortens } from './bursts/what-shortens.ts';
import { closeTargets, type OpenedTarget, openTargets } from './latency/opened-targets.ts';

/** Rounds, and the share of the part's time within which first requests may start. */
const SCALES = {
  quick: { firstRounds: 3, firstsUntil: 0.25, meansRounds: 2 },
  full: { firstRounds: 31, firstsUntil: 0.4, meansRounds: 31 },
} as const;
/** Overhead per shape: ending the sandboxes, a first request, reading the log. */
const SHAPE_OVERHEAD_MS = 1_500;

/** Measures latency when little or nothing runs yet: after idle, in a burst, a spike and a ramp. */
export const measureBursts: MeasurePart = async (context) => {
  const findings = new PartFindings('bursts');
  const { budgetMs, mode } = context;
  const startedAt = performance.now();
  const at = (share: number) => startedAt + budgetMs * share;
  const scale = SCALES[mode];
  const generator = new LoadThread();
  const opened = await openTargets(context, findings, 0);
  try {
    await measureFirstRequests(findings, opened, context, {
      rounds: scale.firstRounds,
      until: at(scale.firstsUntil),
    });
    await measureWhatShortens(findings, context, {
      rounds: scale.meansRounds,
      until: at(1) - shapesMs(context.mode, opened.length),
    });
    await sendShapes(findings, opened, { context, generator }, at(1));
    return findings;
  } finally {
    closeTargets(opened);
    await generator.stop();
  }
};

/** Time reserved for the shapes, whose duration is fixed. */
function shapesMs(mode: PartContext['mode'], targets: number): number {
  const each = shapesOf(mode).map((shape) => needsMs(shape) + SHAPE_OVERHEAD_MS);
  return targets * each.reduce((sum, ms) => sum + ms, 0);
}

interface Means {
  readonly context: PartContext;
  readonly generator: LoadThread;
}

/** Sends each shape to each target, in a new random order of targets for each shape. */
async function sendShapes(
  findings: PartFindings,
  opened: readonly OpenedTarget[],
  means: Means,
  until: number,
): Promise<void> {
  const { context } = means;
  const random = seededRandom(context.seed + 4);
  const shapes = shapesOf(context.mode);
  for (const [index, shape] of shapes.entries()) {
    // A shape is sent to all targets or to none, because one target alone shows no difference.
    if (performance.now() + opened.length * needsMs(shape) > until) {
      const why = 'the time budget of this part ran out first';
      findings.addMissing({ what: shape.title, why });
      continue;
    }
    for (const one of shuffled(opened, random)) {
      const { name } = one.target;
      context.progress(index, shapes.length, `${shape.id}, ${name}`);
      if (context.signal.aborted) {
        findings.addMissing({ target: name, what: shape.title, why: 'the part was aborted' });
      } else await trySend(findings, one, shape, means);
    }
  }
  if (context.mode === 'quick') {
    const why = 'not measured with --quick';
    findings.addMissing({ what: 'Ramp from 0 to 20 requests per second', why });
  }
}

async function trySend(
  findings: PartFindings,
  one: OpenedTarget,
  shape: Shape,
  means: Means,
): Promise<void> {
  try {
    await sendShape(findings, one, shape, means);
  } catch (error) {
    const why = `the measurement failed: ${(error as Error).message}`;
    findings.addMissing({ target: one.target.name, what: shape.title, why });
  }
}
