import { PartFindings } from '../../data/index.ts';
import type { ComparedTarget, PartContext } from '../part.ts';
import { assemblyOf } from '../templates.ts';
import { probeBody } from './limits/body-probe.ts';
import { probeConcurrency } from './limits/concurrency-probe.ts';
import { probeImage } from './limits/image-probe.ts';
import { measureLongJob } from './limits/long-job.ts';
import { grainyPicture } from './limits/picture-of-size.ts';
import type { Probe } from './limits/probe.ts';
import { ShopPictures } from './limits/shop-pictures.ts';
import { probeSlowRequests } from './limits/slow-request-probe.ts';
import { functionsLast } from './own-share.ts';

interface Step {
  readonly what: string;
  /** Share of a target's time. */
  readonly share: number;
  run(probe: Probe): Promise<void>;
}

/** Probes the limits of each target and measures a long job. */
export async function measureLimits(context: PartContext): Promise<PartFindings> {
  const { targets, signal, budgetMs, seed } = context;
  const findings = new PartFindings('limits');
  const endsAt = performance.now() + budgetMs;
  const grainy = await grainyPicture(seed);
  const order = functionsLast(targets);
  for (const [done, target] of order.entries()) {
    if (signal.aborted) break;
    const now = performance.now();
    const ownEndsAt = now + Math.max(0, endsAt - now) / (order.length - done);
    await measureTarget(context, findings, { target, grainy, done, endsAt: ownEndsAt });
  }
  return findings;
}

async function measureTarget(
  context: PartContext,
  findings: PartFindings,
  own: { target: ComparedTarget; grainy: Buffer; done: number; endsAt: number },
): Promise<void> {
  const { targets, signal, mode } = context;
  const { target, grainy, done } = own;
  const assembly = assemblyOf(target, context);
  const addMissing = (what: string, error: unknown) =>
    findings.addMissing({ target: target.name, what, why: (error as Error).message });
  const pictures = await ShopPictures.open(target, signal).catch((error: unknown) => {
    addMissing('Limits of pictures and the long job', error);
    return undefined;
  });
  const full = mode === 'full';
  const steps: Step[] = [
    { what: 'largest body', share: full ? 0.1 : 0.15, run: probeBody },
    { what: 'concurrent requests', share: 0.3, run: probeConcurrency },
    ...(pictures
      ? [
          {
            what: 'largest picture',
            share: 0.2,
            run: (probe: Probe) => probeImage(probe, pictures, grainy),
          },
          {
            what: 'long job',
            share: full ? 0.2 : 1,
            run: (probe: Probe) => measureLongJob(probe, pictures, { assembly, full }),
          },
        ]
      : []),
    ...(full ? [{ what: 'longest request', share: 1, run: probeSlowRequests }] : []),
  ];
  const total = own.endsAt - performance.now();
  for (const [index, { what, share, run }] of steps.entries()) {
    if (signal.aborted) break;
    context.progress(done + index / steps.length, targets.length, `${target.name}: ${what}`);
    const ends = Math.min(own.endsAt, performance.now() + total * share);
    const leftMs = () => Math.max(0, ends - performance.now());
    await run({ findings, target, leftMs, signal }).catch((error: unknown) =>
      addMissing(what, error),
    );
  }
  if (!full) {
    const why = 'not measured with --quick, because it takes about 15 s per target';
    findings.addMissing({ target: target.name, what: 'Longest request that still succeeds', why });
  }
  await pictures
    ?.removeAll()
    .catch((error: unknown) => addMissing('Removal of the uploaded pictures', error));
}
