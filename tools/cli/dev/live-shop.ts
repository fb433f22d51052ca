import { seconds } from '@triptych/base/seconds';
import { oneLine } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { affectedBy, readRoots, stacksOf } from '@triptych/build/affected';
import { builtApps, deployables } from '@triptych/build/build';
import type { Deployable } from '@triptych/build/bundle';
import { rebundle } from '@triptych/build/rebundle';
import colors from 'picocolors';
import { SourceWatch } from './watch-sources.ts';

export interface LiveShopOptions {
  readonly root: string;
  readonly variants: readonly Variant[];
  /** What was saved after this time (ms since 1970) is not in the build that runs. */
  readonly sinceMs: number;
  /** Replaces what runs from a stack's artifacts. */
  readonly restart: (stack: string) => Promise<void>;
  readonly print: (line: string) => void;
}

/** Rebuilds and restarts what a saved source belongs to, and says so, until `stop`. */
export async function keepLive(options: LiveShopOptions): Promise<{ stop(): void }> {
  const { root, variants, restart, print } = options;
  const apps = builtApps.filter(
    (app) => app === 'payment-simulator' || variants.some((variant) => variant === app),
  );
  const all = await deployables(apps);
  let roots = await readRoots(all, root);

  /** What did not compile waits for the save that mends it. */
  let waiting: readonly string[] = [];
  const update = async (files: string[]): Promise<void> => {
    const since = performance.now();
    const saved = [...new Set([...waiting, ...files])];
    waiting = saved;
    const changed = await rebundle(affectedBy(saved, roots), root);
    waiting = [];
    roots = await readRoots(all, root);
    for (const { sources } of roots) watch.add(sources);
    const stacks = changed.flatMap((deployable) => stacksOf(deployable, variants));
    await Promise.all(stacks.map(restart));
    print(told(files, changed, performance.now() - since));
  };
  const watch = new SourceWatch(root, async (files) => {
    try {
      await update(files);
    } catch (error) {
      print(
        `${colors.red('✗')}          not taken    ${oneFault(error)}; what ran goes on running`,
      );
    }
  });
  for (const { sources } of roots) watch.add(sources, options.sinceMs);
  return watch;
}

const oneFault = (error: unknown) => oneLine(error).replace(/ \(set TRIPTYCH_DEBUG.*$/, '');

/** `✓   1.4 s  restarted    catalog in microservices, serverless  (libs/catalog/core/stock.ts)` */
function told(files: readonly string[], changed: readonly Deployable[], ms: number): string {
  const [first = '', ...others] = files;
  const which = others.length === 0 ? first : `${first} and ${others.length} more`;
  const took = `${colors.green('✓')} ${seconds(ms)}`;
  if (changed.length === 0) return `${took}  unchanged    no artifact differs  (${which})`;
  const apps = Map.groupBy(changed, ({ service }) => service);
  const what = [...apps].map(
    ([service, found]) => `${service} in ${found.map(({ app }) => app).join(', ')}`,
  );
  return `${took}  restarted    ${what.join('; ')}  ${colors.dim(`(${which})`)}`;
}
