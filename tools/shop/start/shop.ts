import { repositoryRoot } from '@triptych/base/repository-root';
import {
  entryPorts,
  loopbackUrl,
  type Ports,
  parseHttpMode,
  type Variant,
} from '@triptych/base/variants';
import { buildApps } from '@triptych/build/build';
import { synthesize } from '@triptych/build/synth';
import { type Coordination, HTTP_MODES, type HttpMode } from '@triptych/context-map';
import { type LocalCloud, startLocalCloud } from '@triptych/local-cloud';
import { LogBook } from './log-book.ts';
import { deployWithStripe, stacksOf } from './stripe-key.ts';

/** A running shop: one or more variants, deployed from their templates into one local cloud. */
export interface Shop {
  readonly cloud: LocalCloud;
  readonly variants: readonly Variant[];
  readonly logs: LogBook;
  readonly baseUrl: Readonly<Record<Variant, string>>;
  /** How serverless runs its HTTP. */
  readonly http: HttpMode;
  /** The folder of the cloud assembly that it was deployed from. */
  readonly assembly: string;
  stop(): Promise<void>;
}

/** Callbacks for the progress of {@link startShop}. */
export interface ShopProgress {
  /** A phase ended. */
  phase(name: 'build' | 'synth' | 'cloud', ms: number, detail: string): void;
  /** A stack changed its state. */
  stack(event: { stack: string; status: string; ms?: number; detail?: string }): void;
  /** A process of a stack ended unexpectedly. */
  crash(stack: string, detail: string): void;
}

/** What to start, and where. */
export interface ShopOptions {
  readonly variants: readonly Variant[];
  readonly ports: Ports;
  readonly progress?: ShopProgress;
  readonly logFolder?: string;
  /** The folder that keeps the data across restarts (default: the data end with the shop). */
  readonly persistFolder?: string;
  /** The variants in the templates (default: `variants`). Shops that start a part of them can share one synth. */
  readonly synthFor?: readonly Variant[];
  /** Maximum number of sandboxes per function (default: the local cloud's limit). */
  readonly maxSandboxes?: number;
  /** The artifacts in `dist` are up to date (default: builds them if they are not). */
  readonly alreadyBuilt?: boolean;
  /** What coordinates checkouts in serverless (default: `TRIPTYCH_CHECKOUT`). */
  readonly checkout?: Coordination;
  /** How serverless runs its HTTP (default: `TRIPTYCH_HTTP`). */
  readonly http?: HttpMode;
  /** The folder that contains `dist` with the artifacts (default: the repository's root). */
  readonly artifactRoot?: string;
  /** A Stripe test key; with it, the shop charges at Stripe instead of at the simulator. */
  readonly stripeKey?: string;
}

/**
 * Builds the artifacts, synthesizes the templates and starts the variants on Node alone.
 * Resolves when every health check passes.
 * @throws Error that names the stack, resource or service that failed, after stopping everything
 */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { variants, ports, progress, stripeKey } = options;
  let since = performance.now();
  const lap = () => {
    const ms = performance.now() - since;
    since = performance.now();
    return ms;
  };
  if (!options.alreadyBuilt) {
    const built = await buildApps();
    const unchanged = built.cached ? ', unchanged' : '';
    progress?.phase('build', lap(), `${built.artifacts} artifacts${unchanged}`);
  }

  const baseUrl = baseUrlsOf(ports);
  const synth = await synthesizeShop(options);
  progress?.phase(
    'synth',
    lap(),
    synth.cached ? 'templates unchanged' : 'templates from the CDK app',
  );

  let stopping = false;
  const logs = new LogBook(options.logFolder, ({ stack, source, text }) => {
    if (!stopping) progress?.crash(stack, `${source}: ${text}`);
  });
  const cloud = await startLocalCloud({
    root: options.artifactRoot ?? repositoryRoot,
    endpointPort: ports.endpoint,
    publicPorts: entryPorts(ports.byVariant),
    log: (line) => logs.add(line),
    ...(options.persistFolder ? { persistFolder: options.persistFolder } : {}),
    ...(options.maxSandboxes ? { maxSandboxes: options.maxSandboxes } : {}),
  });
  progress?.phase('cloud', lap(), `AWS endpoint ${cloud.endpointUrl}`);
  const stop = async () => {
    stopping = true;
    await cloud.stop();
    await logs.close();
  };
  try {
    const onProgress: ShopProgress['stack'] = (event) => progress?.stack(event);
    const { assembly } = synth;
    if (stripeKey)
      await deployWithStripe(cloud, { assembly, variants, key: stripeKey }, { onProgress });
    else {
      const stacks = (await stacksOf(assembly)).filter((name) =>
        variants.some((variant) => name.startsWith(`triptych-${variant}-`)),
      );
      await cloud.deploy(assembly, { onProgress, stacks });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { cloud, variants, logs, baseUrl, http: httpOf(options), assembly: synth.assembly, stop };
}

function httpOf({ http }: ShopOptions): HttpMode {
  return http ?? parseHttpMode(process.env.TRIPTYCH_HTTP || undefined) ?? HTTP_MODES[0];
}

/** Synthesizes the templates of a shop, unless they are up to date. @throws UserError with the CDK app's error */
export function synthesizeShop(options: ShopOptions): ReturnType<typeof synthesize> {
  const { variants, synthFor = variants, ports } = options;
  const settings = synthSettings(synthFor, baseUrlsOf(ports), options);
  return synthesize(repositoryRoot, settings);
}

function baseUrlsOf(ports: Ports): Record<Variant, string> {
  return Object.fromEntries(
    Object.entries(ports.byVariant).map(([variant, port]) => [
      variant,
      loopbackUrl(port) + pathBefore(variant as Variant),
    ]),
  ) as Record<Variant, string>;
}

/** A REST API (`TRIPTYCH_FRONT=rest-api`) has its stage before every path, as on AWS. */
function pathBefore(variant: Variant): string {
  return variant === 'serverless' && process.env.TRIPTYCH_FRONT === 'rest-api' ? '/live' : '';
}

/** Settings of the CDK app. One task per service: a second one would only double the memory. */
function synthSettings(
  variants: readonly Variant[],
  baseUrl: Record<Variant, string>,
  { stripeKey, checkout, http }: Pick<ShopOptions, 'stripeKey' | 'checkout' | 'http'>,
): Record<string, string> {
  return {
    TRIPTYCH_VARIANTS: variants.join(','),
    TRIPTYCH_STAGE: '',
    TRIPTYCH_REGION: '',
    TRIPTYCH_ACCOUNT: '',
    TRIPTYCH_FRONT: process.env.TRIPTYCH_FRONT ?? '',
    // The local cloud enforces this range. Only this machine reaches the loopback interface.
    TRIPTYCH_ALLOW_CIDR: process.env.TRIPTYCH_ALLOW_CIDR ?? '0.0.0.0/0',
    TRIPTYCH_CHECKOUT: checkout ?? process.env.TRIPTYCH_CHECKOUT ?? '',
    TRIPTYCH_HTTP: http ?? process.env.TRIPTYCH_HTTP ?? '',
    TRIPTYCH_TASKS_PER_SERVICE: '1',
    TRIPTYCH_PROVIDER: stripeKey === undefined ? 'simulator' : 'stripe',
    TRIPTYCH_BASE_URL_MICROSERVICES: baseUrl.microservices,
    TRIPTYCH_BASE_URL_SERVERLESS: baseUrl.serverless,
    TRIPTYCH_BASE_URL_HYBRID: baseUrl.hybrid,
  };
}
