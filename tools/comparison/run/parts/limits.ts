import { PartFindings } from '../../data/index.ts';
import type { ComparedTarget, PartContext } from '../part.ts';
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

/** What each target accepts and bears, found by trying, and a job that takes long. */
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
  const { targets, signal, mode, assembly } = context;
  const { target, grainy, done } = own;
  const lack = (what: string, error: unknown) =>
    findings.lack({ target: target.name, what, why: (error as Error).message });
  const pictures = await ShopPictures.open(target, signal).catch((error: unknown) => {
    lack('limits of pictures and the long job', error);
    return undefined;
  });
  const full = mode === 'full';
  const steps: Step[] = [
    { what: 'largest body', share: full ? 0.1 : 0.15, run: probeBody },
    { what: 'requests at once', share: 0.3, run: probeConcurrency },
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
    await run({ findings, target, leftMs, signal }).catch((error: unknown) => lack(what, error));
  }
  if (!full) {
    const why = 'takes some 15 s for each target: left out of --quick';
    findings.lack({ target: target.name, what: 'Longest request that was still answered', why });
  }
  await pictures
    ?.removeAll()
    .catch((error: unknown) => lack('removal of what was uploaded', error));
}
