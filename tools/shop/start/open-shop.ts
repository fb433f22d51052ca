import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { seconds } from '@triptych/base/seconds';
import {
  loopbackUrl,
  type Ports,
  parsePort,
  portsFrom,
  type Variant,
} from '@triptych/base/variants';
import { sameTemplates } from '@triptych/build/template-files';
import type { HttpMode } from '@triptych/context-map';
import colors from 'picocolors';
import { startControlServer } from '../control/control-server.ts';
import { forgetRunning, writeRunning } from '../control/running.ts';
import { logFolderOf } from '../logs/log-folder.ts';
import { type AdminTokens, prepareAccounts } from './demo-accounts.ts';
import { claimKeptData, keptDataFolder } from './kept-data.ts';
import { assertPortsFree } from './ports.ts';
import { terminalProgress } from './progress.ts';
import { type Shop, type ShopOptions, startShop, synthesizeShop } from './shop.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { stripeKeyFrom } from './stripe-key.ts';

export interface OpenShopOptions {
  readonly variants: readonly Variant[];
  readonly port: string | undefined;
  /** How serverless runs its HTTP (default: `TRIPTYCH_HTTP`). */
  readonly http?: HttpMode | undefined;
  /** Keep the data in `.triptych/data`. */
  readonly persist?: boolean;
  /** Seeds the running variants (default: the shop starts empty). */
  readonly seed?: (shop: Shop, admins: AdminTokens) => Promise<void>;
  /** Return before the control API, the accounts and the seed: `npm run bench:start` measures up to this point. */
  readonly readyOnly?: boolean;
  /** Without `persist`, keep the data in a temporary folder until the shop stops, so that it survives `relaunch`. */
  readonly relaunchable?: boolean;
}

/** A running shop that other commands can find. */
export interface OpenShop {
  /** The current shop; another one after `relaunch`. */
  readonly shop: Shop;
  readonly ports: Ports;
  readonly token: string;
  readonly logFolder: string;
  readonly stopping: ReturnType<typeof stopOnSignal>;
  /**
   * Synthesizes the templates, and returns whether they differ from the running shop's.
   * @throws UserError when they cannot be synthesized
   */
  templatesChanged(): Promise<boolean>;
  /**
   * Stops the shop and starts it from the current artifacts and templates, on the same ports and with the same data.
   * @throws Error when it does not start. Nothing runs then, and a later call retries
   */
  relaunch(): Promise<void>;
}

/**
 * Starts the variants for `npm start` and `npm run dev`, until Ctrl-C stops all of them.
 * @throws UserError when a port is taken, a setting is wrong or the persisted data are in use
 */
export async function openShop(
  { variants, port, http, persist, seed, readyOnly, relaunchable }: OpenShopOptions,
  print: (line: string) => void,
): Promise<OpenShop> {
  // Read here and nowhere else: tests and comparisons must never charge at Stripe, whatever the environment holds.
  const stripeKey = stripeKeyFrom(process.env.STRIPE_SECRET_KEY);
  const ports = portsFrom(parsePort(port));
  const since = performance.now();
  await assertPortsFree(ports);
  const data = await dataFolder({ persist, relaunchable });
  const token = randomBytes(24).toString('base64url');
  const logFolder = logFolderOf(repositoryRoot, ports.control);
  const progress = terminalProgress(print, logFolder);
  const options: ShopOptions = {
    ...{ variants, ports, logFolder, progress },
    ...(http && { http }),
    ...(data.folder && { persistFolder: data.folder }),
    ...(stripeKey && { stripeKey }),
  };
  const parts = runningParts(token);
  const stopping = stopOnSignal(async () => {
    await parts.close();
    await forgetRunning(repositoryRoot);
    await data.release();
  });
  print(colors.bold('Triptych: one shop, three ways'));
  const shop = await stopping.guard(parts.start(options));
  const took = seconds(performance.now() - since);
  print(`${colors.green('✓')} ${took}  ready        all health checks pass`);
  const open: OpenShop = {
    ...{ ports, token, logFolder, stopping },
    get shop() {
      return parts.shop();
    },
    templatesChanged: () => parts.templatesChanged(options),
    async relaunch() {
      await parts.close();
      // Reports failures only; the caller reports the rest in one line.
      const quiet = { ...progress, phase() {}, stack: failuresOf(progress) };
      await parts.start({ ...options, progress: quiet, alreadyBuilt: true });
      await parts.listen(ports.control);
    },
  };
  if (readyOnly) return open;

  await stopping.guard(parts.listen(ports.control));
  await writeRunning(repositoryRoot, {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    controlUrl: loopbackUrl(ports.control),
    token,
    endpointUrl: shop.cloud.endpointUrl,
    logFolder,
    ...(persist && data.folder && { persistFolder: data.folder }),
    variants: Object.fromEntries(variants.map((name) => [name, shop.baseUrl[name]])),
  });
  const admins = await stopping.guard(prepareAccounts(shop));
  if (seed) await stopping.guard(seed(shop, admins));
  return open;
}

/** The shop and its control API, which a relaunch replaces. */
function runningParts(token: string) {
  let shop: Shop | undefined;
  let control: { stop(): Promise<void> } | undefined;
  let assembly = '';
  const current = () => {
    if (!shop) throw new Error('The shop is not running.');
    return shop;
  };
  return {
    shop: current,
    async start(options: ShopOptions): Promise<Shop> {
      shop = await startShop(options);
      assembly = shop.assembly;
      return shop;
    },
    async listen(port: number): Promise<void> {
      control = await startControlServer({ shop: current(), port, token });
    },
    async templatesChanged(options: ShopOptions): Promise<boolean> {
      const made = await synthesizeShop(options);
      if (!(await sameTemplates(assembly, made.assembly))) return true;
      // The older one is deleted after some more changes.
      assembly = made.assembly;
      return false;
    },
    async close(): Promise<void> {
      const [server, running] = [control, shop];
      control = undefined;
      shop = undefined;
      await server?.stop();
      await running?.stop();
    },
  };
}

/** The folder that keeps the data, if any, and how to release it. @throws UserError when the persisted data are in use */
async function dataFolder(options: {
  persist?: boolean | undefined;
  relaunchable?: boolean | undefined;
}) {
  if (options.persist) {
    const release = await claimKeptData(repositoryRoot);
    return { folder: keptDataFolder(repositoryRoot), release };
  }
  if (!options.relaunchable) return { folder: undefined, release: async () => undefined };
  const folder = join(repositoryRoot, '.triptych', `data-${process.pid}`);
  return { folder, release: () => rm(folder, { recursive: true, force: true }) };
}

function failuresOf(progress: ReturnType<typeof terminalProgress>): typeof progress.stack {
  return (event) => {
    if (event.status === 'failed') progress.stack(event);
  };
}
