import { repositoryRoot } from '@triptych/base/repository-root';
import { affectedBy, readRoots, stacksOf } from '@triptych/build/affected';
import { deployables } from '@triptych/build/build';
import { timeRebundle } from '@triptych/build/time-rebundle';
import type { PartFindings } from '../../../data/index.ts';
import { median, spreadOf } from '../../../statistics/index.ts';
import type { ComparedTarget } from '../../part.ts';

/** A rule of one service, and code that all services share. */
const ofOneService = 'libs/catalog/core/reserve-stock.ts';
const ofAllServices = 'libs/platform/http/build-app.ts';

/**
 * What a change takes: counted from the build's metadata, timed without touching a source.
 * @param times how often it is timed
 */
export async function changeOneService(
  findings: PartFindings,
  target: ComparedTarget,
  times: number,
): Promise<void> {
  const { name, variant, local } = target;
  if (!local) return;
  const roots = await readRoots(await deployables([variant]), repositoryRoot);
  const changed = affectedBy([ofOneService], roots);
  const stacks = changed.flatMap((deployable) => stacksOf(deployable, [variant]));
  const counted = `build metadata in dist/meta: artifacts of ${variant} that contain ${ofOneService}`;
  const count = (what: string, title: string, value: number, origin: string) =>
    findings.figure({ what, target: name, title, value, unit: 'count', origin, better: 'lower' });
  count(
    'change-one-service/rebuilt',
    'Artifacts that a change of one service rebuilds',
    changed.length,
    counted,
  );
  count(
    'change-one-service/restarted',
    'Stacks that a change of one service restarts',
    stacks.length,
    counted,
  );
  count(
    'change-shared-code/rebuilt',
    `Artifacts that a change of ${ofAllServices} rebuilds, of ${roots.length}`,
    affectedBy([ofAllServices], roots).length,
    `build metadata in dist/meta: artifacts of ${variant} that contain ${ofAllServices}`,
  );

  try {
    const bundles: number[] = [];
    const restarts: number[] = [];
    for (let time = 0; time < times; time += 1) {
      bundles.push(await timeRebundle(changed, repositoryRoot));
      const since = performance.now();
      await Promise.all(stacks.map((stack) => local.shop.cloud.restart(stack)));
      restarts.push(performance.now() - since);
    }
    const seconds = spreadOf(bundles.map((ms, at) => (ms + (restarts[at] ?? 0)) / 1000));
    findings.figure({
      what: 'change-one-service/seconds',
      target: name,
      title: 'A change of one service, from the saved source to the new code in service',
      value: seconds.median,
      unit: 's',
      sampled: {
        n: seconds.n,
        spread: { kind: 'min-max', low: seconds.min, high: seconds.max },
      },
      origin: `median; local, not AWS: esbuild ${Math.round(median(bundles))} ms, cloud.restart of ${stacks.join(', ')} ${Math.round(median(restarts))} ms; functions load the new code with their next request`,
      better: 'lower',
    });
  } catch (error) {
    const why = (error as Error).message;
    findings.lack({ target: name, what: 'time of a change of one service', why });
  }
}

/** Something timed a single time. */
export function once(value: number) {
  return { n: 1, spread: { kind: 'min-max' as const, low: value, high: value } };
}
