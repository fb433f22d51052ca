import { oneLine } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { affectedBy, readRoots, stacksOf } from '@triptych/build/affected';
import { BUILT_APPS, deployables } from '@triptych/build/build';
import { rebundle } from '@triptych/build/rebundle';
import { templateFiles } from '@triptych/build/template-files';
import type { HttpMode } from '@triptych/context-map';
import { describeServices, type RestartLines } from './restart-lines.ts';
import { SourceWatch } from './watch-sources.ts';

/** The running shop, as far as saved files change it. */
export interface LiveShop {
  /** Restarts the processes of a stack from its current artifacts. */
  restart(stack: string): Promise<void>;
  /** Whether the templates differ from the running shop's. @throws UserError when they cannot be synthesized */
  templatesChanged(): Promise<boolean>;
  /** Stops the shop and starts it from the current artifacts and templates, with its data. @throws Error when it does not start */
  relaunch(): Promise<void>;
}

export interface LiveShopOptions {
  readonly root: string;
  readonly variants: readonly Variant[];
  /** How serverless runs its HTTP. */
  readonly http: HttpMode;
  /** Files saved after this time (ms since 1970) are newer than the running build. */
  readonly sinceMs: number;
  readonly shop: LiveShop;
  readonly lines: RestartLines;
}

/**
 * Watches every file that the artifacts and the templates of the variants are made from, until `stop`. A saved source
 * rebuilds and restarts the services that use it. A saved file that changes the templates restarts the whole shop, because
 * the local cloud has no updates. Prints a line when a restart begins and a line when it ends.
 */
export async function keepLive(options: LiveShopOptions): Promise<{ stop(): void }> {
  const { root, variants, http, shop, lines } = options;
  const apps = BUILT_APPS.filter(
    (app) => app === 'payment-simulator' || variants.some((variant) => variant === app),
  );
  const all = await deployables(apps, http);
  let roots = await readRoots(all, root);
  let templates = new Set(await templateFiles(root));
  /** Files whose change did not take effect; the next save retries them. */
  let waiting: readonly string[] = [];
  let isDown = false;

  async function relaunch(saved: readonly string[], files: readonly string[]): Promise<void> {
    lines.begin('the whole shop', files);
    await rebundle(affectedBy(saved, roots), root);
    isDown = true;
    await shop.relaunch();
    isDown = false;
    lines.end('the whole shop', files);
  }

  async function restartServices(saved: readonly string[], files: readonly string[]) {
    const affected = affectedBy(saved, roots);
    if (affected.length === 0) return lines.unchanged(files);
    lines.begin(describeServices(affected), files);
    const changed = await rebundle(affected, root);
    await Promise.all(stacksOf(changed, variants).map((stack) => shop.restart(stack)));
    if (changed.length === 0) lines.unchanged(files);
    else lines.end(describeServices(changed), files);
  }

  async function update(files: string[]): Promise<void> {
    const saved = [...new Set([...waiting, ...files])];
    waiting = saved;
    const inTemplates = saved.some((file) => templates.has(file));
    if (inTemplates && !isDown) lines.checking(files);
    if (isDown || (inTemplates && (await shop.templatesChanged()))) await relaunch(saved, files);
    else await restartServices(saved, files);
    waiting = [];
    roots = await readRoots(all, root);
    templates = new Set(await templateFiles(root));
    watchAll();
  }

  const watch = new SourceWatch(root, async (files) => {
    lines.start();
    try {
      await update(files);
    } catch (error) {
      const what = isDown ? 'not started' : 'not built';
      lines.failed(what, oneFault(error), isDown);
    }
  });
  const watchAll = (sinceMs?: number) => {
    for (const sources of [...roots.map((found) => found.sources), templates]) {
      watch.add(sources, sinceMs);
    }
  };
  watchAll(options.sinceMs);
  return watch;
}

const oneFault = (error: unknown) => oneLine(error).replace(/ \(set TRIPTYCH_DEBUG.*$/, '');
