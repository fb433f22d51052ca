import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@triptych/base/user-error';
import { type Variant, variants } from '@triptych/base/variants';
import type { Coordination } from '@triptych/context-map';
import { isPortTaken } from '@triptych/local-cloud/free-port';
import { seedVariants } from '@triptych/seed/seed-variants';
import { localSettings } from '@triptych/shop/control/conformance-settings';
import { DEMO_ADMIN, prepareAccounts } from '@triptych/shop/start/demo-accounts';
import { type Shop, startShop } from '@triptych/shop/start/shop';
import { LOCAL_KINDS, type LocalKind } from './local-kinds.ts';
import type { ComparedTarget, LocalShop } from './part.ts';

/** The longest wait for killed sandboxes to end. */
const KILL_TIMEOUT_MS = 5_000;

export interface StartedTarget extends ComparedTarget {
  readonly local: LocalShop;
}

/** The ports of a run: an entry point and an AWS endpoint for each shop, by its name. */
export type ComparePorts = ReadonlyMap<
  string,
  { readonly entry: number; readonly endpoint: number }
>;

/**
 * Starts a shop in its own local cloud, so that shops share no queues and no faults, and seeds accounts, products and
 * pictures.
 * @throws Error as `startShop` does, after stopping what had started
 */
export async function startTarget(options: {
  kind: LocalKind;
  /** The variants in the templates, which shops can share. */
  variants: readonly Variant[];
  ports: ComparePorts;
  logFolder: string;
  say: (what: string) => void;
  /** Seeds only the first N products. Default: all. */
  products?: number;
  /** What coordinates checkouts in serverless (default: `TRIPTYCH_CHECKOUT`). */
  checkout?: Coordination;
  /** The folder that contains `dist` with the artifacts (default: the repository's root). */
  artifactRoot?: string;
  /** Maximum number of sandboxes per function (default: the local cloud's limit). */
  maxSandboxes?: number;
  /** Called once the shop runs, before it is seeded. Everything is built and synthesized by then. */
  runs?: () => void;
}): Promise<StartedTarget> {
  const { kind, ports, logFolder, say, products, runs } = options;
  const { name, variant, http } = kind;
  const { entry, endpoint } = portsOf(ports, name);
  const { checkout, artifactRoot, maxSandboxes } = options;
  const shop = await startShop({
    variants: [variant],
    synthFor: options.variants,
    // A comparison has no control API.
    ports: { control: 0, endpoint, byVariant: { ...entriesOf(ports), [variant]: entry } },
    logFolder,
    // The environment may ask for another mode, which would make two shops the same.
    http: http ?? 'event-functions',
    ...(checkout && { checkout }),
    ...(artifactRoot && { artifactRoot }),
    ...(maxSandboxes && { maxSandboxes }),
  });
  try {
    runs?.();
    say(`${name}: seeding products and pictures`);
    await seedVariants(shop, await prepareAccounts(shop), () => {}, products);
    const settings = await localSettings(shop.cloud.endpointUrl, variant);
    return {
      ...kind,
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

/** Finds free ports, the same ones in every run if possible, because cached templates contain them. @throws UserError */
export async function findPorts(): Promise<ComparePorts> {
  for (let base = 24_000; base < 32_000; base += 1000) {
    const ports: ComparePorts = new Map(
      LOCAL_KINDS.map(({ name }, at) => [
        name,
        { entry: base + 1 + at, endpoint: base + 566 + at },
      ]),
    );
    const all = [...ports.values()].flatMap(({ entry, endpoint }) => [entry, endpoint]);
    const taken = await Promise.all(all.map(isPortTaken));
    if (!taken.includes(true)) return ports;
  }
  throw new UserError('No free ports between 24000 and 32000: stop the programs that use them.');
}

function portsOf(ports: ComparePorts, name: string) {
  const found = ports.get(name);
  if (!found) throw new Error(`there are no ports for ${name}`);
  return found;
}

/** The entry of each variant, as all shops with default settings have it in their templates. */
function entriesOf(ports: ComparePorts): Record<Variant, number> {
  const entries = variants.map((variant) => [variant, portsOf(ports, variant).entry]);
  return Object.fromEntries(entries) as Record<Variant, number>;
}

/** Whether a process belongs to the variant. The simulated payment provider does not. */
export function isOfVariant({ stack }: { readonly stack: string }): boolean {
  return !stack.endsWith('-provider');
}

/** Ends every process that starts for a request: sandboxes and environments. Container tasks keep running, as on AWS. */
async function makeCold(shop: Shop): Promise<void> {
  const sandboxes = () =>
    shop.cloud.processes().filter((one) => one.kind !== 'container' && isOfVariant(one));
  const before = sandboxes();
  const killed = new Set(before.map(({ pid }) => pid));
  const functions = new Map(
    before.map(({ stack, source }) => [`${stack}/${source}`, { stack, source }]),
  );
  for (const { stack, source } of functions.values()) shop.cloud.kill(stack, source);
  const deadline = performance.now() + KILL_TIMEOUT_MS;
  while (sandboxes().some(({ pid }) => killed.has(pid))) {
    if (performance.now() > deadline) throw new Error('Killed sandboxes did not end within 5 s.');
    await sleep(10);
  }
}
