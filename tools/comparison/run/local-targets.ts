import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@triptych/base/user-error';
import { type Variant, variants } from '@triptych/base/variants';
import { isPortTaken } from '@triptych/local-cloud/free-port';
import { seedVariants } from '@triptych/seed/seed-variants';
import { localSettings } from '@triptych/shop/control/conformance-settings';
import { DEMO_ADMIN, prepareAccounts } from '@triptych/shop/start/demo-accounts';
import { type Shop, startShop } from '@triptych/shop/start/shop';
import type { ComparedTarget, LocalShop } from './part.ts';

/** Ends of killed sandboxes are waited for this long. */
const killedMs = 5_000;

export interface StartedTarget extends ComparedTarget {
  readonly local: LocalShop;
}

/** Ports of one run: an entry and an AWS endpoint for each variant. */
export interface ComparePorts {
  readonly byVariant: Record<Variant, number>;
  readonly endpoints: Record<Variant, number>;
}

/**
 * Starts a variant in a local cloud of its own, so that one's queues and faults are not another's, with accounts, products
 * and pictures.
 * @throws Error as startShop does; what had started is stopped
 */
export async function startTarget(options: {
  variant: Variant;
  variants: readonly Variant[];
  ports: ComparePorts;
  logFolder: string;
  say: (what: string) => void;
  /** The first so many products only; all unless told. */
  products?: number;
  /** Called when the shop runs, before it has products: built and synthesized is everything by then. */
  runs?: () => void;
}): Promise<StartedTarget> {
  const { variant, ports, logFolder, say, products, runs } = options;
  const shop = await startShop({
    variants: [variant],
    synthFor: options.variants,
    // No page is opened here.
    ports: { page: 0, endpoint: ports.endpoints[variant], byVariant: ports.byVariant },
    logFolder,
  });
  try {
    runs?.();
    say(`${variant}: products and pictures`);
    await seedVariants(shop, await prepareAccounts(shop), () => {}, products);
    const settings = await localSettings(shop.cloud.endpointUrl, variant);
    return {
      name: variant,
      variant,
      kind: 'local',
      baseUrl: shop.baseUrl[variant],
      label: 'local, not AWS',
      admin: DEMO_ADMIN,
      ...(settings.TRIPTYCH_WEBHOOK_SECRET
        ? { webhookSecret: settings.TRIPTYCH_WEBHOOK_SECRET }
        : {}),
      local: { shop, makeCold: () => makeCold(shop) },
    };
  } catch (error) {
    await shop.stop();
    throw error;
  }
}

/** The same ports in every run where they are free, because the templates name them and are kept. @throws UserError */
export async function findPorts(): Promise<ComparePorts> {
  for (let base = 24_000; base < 32_000; base += 1000) {
    const numbered = (first: number) =>
      Object.fromEntries(variants.map((name, at) => [name, first + at])) as Record<Variant, number>;
    const ports = { byVariant: numbered(base + 1), endpoints: numbered(base + 566) };
    const all = [...Object.values(ports.byVariant), ...Object.values(ports.endpoints)];
    const taken = await Promise.all(all.map(isPortTaken));
    if (!taken.includes(true)) return ports;
  }
  throw new UserError('No ports are free from 24000 to 32000: stop what listens there.');
}

/** Whether a process is the variant's; the simulated payment provider is a stranger to it. */
export function isOfVariant({ stack }: { readonly stack: string }): boolean {
  return !stack.endsWith('-provider');
}

/** Ends every function sandbox of the variant; tasks of container services go on, as they do on AWS. */
async function makeCold(shop: Shop): Promise<void> {
  const sandboxes = () =>
    shop.cloud.processes().filter((one) => one.kind === 'function' && isOfVariant(one));
  const before = sandboxes();
  const killed = new Set(before.map(({ pid }) => pid));
  const functions = new Map(
    before.map(({ stack, source }) => [`${stack}/${source}`, { stack, source }]),
  );
  for (const { stack, source } of functions.values()) shop.cloud.kill(stack, source);
  const deadline = performance.now() + killedMs;
  while (sandboxes().some(({ pid }) => killed.has(pid))) {
    if (performance.now() > deadline) throw new Error('Killed sandboxes did not end in 5 s.');
    await sleep(10);
  }
}
