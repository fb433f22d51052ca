import { randomBytes } from 'node:crypto';
import { repositoryRoot } from '@triptych/base/repository-root';
import { seconds } from '@triptych/base/seconds';
import { loopbackUrl, type Ports, parsePort, portsFrom, type Variant } from '@triptych/base/variants';
import colors from 'picocolors';
import { startControlServer } from '../control/control-server.ts';
import { forgetRunning, writeRunning } from '../control/running.ts';
import { logFolderOf } from '../logs/log-folder.ts';
import { type AdminTokens, prepareAccounts } from './demo-accounts.ts';
import { claimKeptData, keptDataFolder } from './kept-data.ts';
import { assertPortsFree } from './ports.ts';
import { terminalProgress } from './progress.ts';
import { type Shop, startShop } from './shop.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { stripeKeyFrom } from './stripe-key.ts';

export interface OpenShopOptions {
  readonly variants: readonly Variant[];
  readonly port: string | undefined;
  /** Keep the data in `.triptych/data`. */
  readonly persist?: boolean;
  /** Seeds the running variants (default: the shop starts empty). */
  readonly seed?: (shop: Shop, admins: AdminTokens) => Promise<void>;
  /** Return before the control API, the accounts and the seed: `npm run bench:start` measures up to this point. */
  readonly readyOnly?: boolean;
}

/** A running shop that other commands can find. */
export interface OpenShop {
  readonly shop: Shop;
  readonly ports: Ports;
  readonly token: string;
  readonly logFolder: string;
  readonly stopping: ReturnType<typeof stopOnSignal>;
}

/**
 * Starts the variants for `npm start` and `npm run dev`, until Ctrl-C stops all of them.
 * @throws UserError when a port is taken, a setting is wrong or the persisted data are in use
 */
export async function openShop(
  { variants, port, persist, seed, readyOnly }: OpenShopOptions,
  print: (line: string) => void,
): Promise<OpenShop> {
  // Read here and nowhere else: tests and comparisons must never charge at Stripe, whatever the environment holds.
  const stripeKey = stripeKeyFrom(process.env.STRIPE_SECRET_KEY);
  const ports = portsFrom(parsePort(port));
  const since = performance.now();
  await assertPortsFree(ports);
  const releaseData = persist ? await claimKeptData(repositoryRoot) : undefined;

  let shop: Shop | undefined;
  let control: { stop(): Promise<void> } | undefined;
  const stopping = stopOnSignal(async () => {
    await control?.stop();
    await shop?.stop();
    await forgetRunning(repositoryRoot);
    await releaseData?.();
  });
  print(colors.bold('Triptych: one shop, three ways'));
  const logFolder = logFolderOf(repositoryRoot, ports.control);
  const persistFolder = persist ? keptDataFolder(repositoryRoot) : undefined;
  const progress = terminalProgress(print, logFolder);
  const running = await stopping.guard(
    startShop({
      ...{ variants, ports, logFolder, progress },
      ...(persistFolder && { persistFolder }),
      ...(stripeKey && { stripeKey }),
    }),
  );
  shop = running;
  const took = seconds(performance.now() - since);
  print(`${colors.green('✓')} ${took}  ready        all health checks pass`);
  const token = randomBytes(24).toString('base64url');
  const open = { shop: running, ports, token, logFolder, stopping };
  if (readyOnly) return open;

  control = await stopping.guard(startControlServer({ shop: running, port: ports.control, token }));
  await writeRunning(repositoryRoot, {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    controlUrl: loopbackUrl(ports.control),
    token,
    endpointUrl: running.cloud.endpointUrl,
    logFolder,
    ...(persistFolder && { persistFolder }),
    variants: Object.fromEntries(variants.map((name) => [name, running.baseUrl[name]])),
  });
  const admins = await stopping.guard(prepareAccounts(running));
  if (seed) await stopping.guard(seed(running, admins));
  return open;
}
