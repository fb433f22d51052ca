import { repositoryRoot } from '@triptych/base/repository-root';
import { affectedBy, readRoots, stacksOf } from '@triptych/build/affected';
import { deployables } from '@triptych/build/build';
import { timeRebundle } from '@triptych/build/time-rebundle';
import type { PartFindings } from '../../../data/index.ts';
import { median, spreadOf } from '../../../statistics/index.ts';
import type { ComparedTarget } from '../../part.ts';

/** A source file of one service, and one that all services share. */
const FILE_OF_ONE_SERVICE = 'libs/catalog/core/reserve-stock.ts';
const FILE_OF_ALL_SERVICES = 'libs/platform/http/build-app.ts';

/**
 * Measures a change to one service: counts affected artifacts from the build's metadata, and times it without editing a source.
 * @param times number of timed runs
 */
export async function changeOneService(
  findings: PartFindings,
  target: ComparedTarget,
  times: number,
): Promise<void> {
  const { name, variant, local } = target;
  if (!local) return;
  const roots = await readRoots(await deployables([variant], local.shop.http), repositoryRoot);
  const changed = affectedBy([FILE_OF_ONE_SERVICE], roots);
  const stacks = stacksOf(changed, [variant]);
  const counted = `build metadata in dist/meta: artifacts of ${variant} that contain ${FILE_OF_ONE_SERVICE}`;
  const count = (what: string, title: string, value: number, origin: string) =>
    findings.figure({ what, target: name, title, value, unit: 'count', origin, better: 'lower' });
  count(
    'change-one-service/rebuilt',
    'Artifacts rebuilt by a change to one service',
    changed.length,
    counted,
  );
  count(
    'change-one-service/restarted',
    'Stacks restarted by a change to one service',
    stacks.length,
    counted,
  );
  count(
    'change-shared-code/rebuilt',
    `Artifacts rebuilt by a change to ${FILE_OF_ALL_SERVICES}, of ${roots.length}`,
    affectedBy([FILE_OF_ALL_SERVICES], roots).length,
    `build metadata in dist/meta: artifacts of ${variant} that contain ${FILE_OF_ALL_SERVICES}`,
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
      title: 'Time from a saved change to one service until the new code is live',
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
    findings.addMissing({ target: name, what: 'Time of a change to one service', why });
  }
}

/** The sample of a single measurement. */
export function once(value: number) {
  return { n: 1, spread: { kind: 'min-max' as const, low: value, high: value } };
}
