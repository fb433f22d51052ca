import { seconds } from '@triptych/base/seconds';
import { oneLine } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { affectedBy, readRoots, stacksOf } from '@triptych/build/affected';
import { BUILT_APPS, deployables } from '@triptych/build/build';
import type { Deployable } from '@triptych/build/bundle';
import { rebundle } from '@triptych/build/rebundle';
import colors from 'picocolors';
import { SourceWatch } from './watch-sources.ts';

export interface LiveShopOptions {
  readonly root: string;
  readonly variants: readonly Variant[];
  /** Files saved after this time (ms since 1970) are newer than the running build. */
  readonly sinceMs: number;
  /** Restarts the processes of a stack from its current artifacts. */
  readonly restart: (stack: string) => Promise<void>;
  readonly print: (line: string) => void;
}

/** Rebuilds and restarts the services that use a saved source file, and prints each restart, until `stop`. */
export async function keepLive(options: LiveShopOptions): Promise<{ stop(): void }> {
  const { root, variants, restart, print } = options;
  const apps = BUILT_APPS.filter(
    (app) => app === 'payment-simulator' || variants.some((variant) => variant === app),
  );
  const all = await deployables(apps);
  let roots = await readRoots(all, root);

  /** Files that did not compile; the next save retries them. */
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
    print(describeRestart(files, changed, performance.now() - since));
  };
  const watch = new SourceWatch(root, async (files) => {
    try {
      await update(files);
    } catch (error) {
      print(
        `${colors.red('✗')}          not built    ${oneFault(error)}; the old version keeps running`,
      );
    }
  });
  for (const { sources } of roots) watch.add(sources, options.sinceMs);
  return watch;
}

const oneFault = (error: unknown) => oneLine(error).replace(/ \(set TRIPTYCH_DEBUG.*$/, '');

/** `✓   1.4 s  restarted    catalog in microservices, serverless  (libs/catalog/core/stock.ts)` */
function describeRestart(
  files: readonly string[],
  changed: readonly Deployable[],
  ms: number,
): string {
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
