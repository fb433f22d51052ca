import { UserError } from '@triptych/base/user-error';
import { parseVariant, type Variant } from '@triptych/base/variants';
import { CONTEXT_NAMES } from '@triptych/context-map';
import type { Shop } from '../start/shop.ts';
import { orderSpans } from '../trace/order-spans.ts';

type Body = Readonly<Record<string, unknown>>;

/** Returns the body of the response. A thrown error becomes a 400. */
export type Route = (url: URL, body: Body) => unknown;

/** The parts of a shop that the control API uses. */
export type ControlledShop = Pick<Shop, 'variants' | 'baseUrl' | 'logs' | 'cloud'>;

/** The response of `GET /control/status`. */
export interface ShopStatus {
  readonly variants: Readonly<Record<string, string>>;
  /** The services of each variant that can be killed. */
  readonly services: Readonly<Record<string, readonly string[]>>;
  readonly processes: ReturnType<Shop['cloud']['processes']>;
  readonly queues: ReturnType<Shop['cloud']['services']['sqs']['depths']>;
  /** The faults that are injected now. */
  readonly faults: ReturnType<Shop['cloud']['faults']>;
  /** The AWS services that can be cut off. */
  readonly awsServices: readonly string[];
}

/** The routes of the control API by method and path. `control/README.md` describes them. */
export function controlRoutes(shop: ControlledShop): Readonly<Record<string, Route>> {
  const { cloud, logs, variants } = shop;
  return {
    'GET /control/status': (): ShopStatus => ({
      variants: Object.fromEntries(variants.map((name) => [name, shop.baseUrl[name]])),
      services: Object.fromEntries(variants.map((name) => [name, servicesOf(shop, name)])),
      processes: cloud.processes(),
      queues: cloud.services.sqs.depths(),
      faults: cloud.faults(),
      awsServices: cloud.awsServices,
    }),
    'GET /control/spans': (url) => logs.spans(required(url, 'traceId')),
    'GET /control/trace': (url) =>
      orderSpans(shop, required(url, 'order'), url.searchParams.get('variant')),
    'POST /control/kill': (_url, body) => kill(shop, body),
    'POST /control/release': (_url, body) => release(shop, body),
    'POST /control/deliver-delayed': () => ({
      delivered: cloud.services.sqs.deliverDelayedNow(),
    }),
    'POST /control/fire-schedules': () => cloud.services.events.fireSchedules(),
    'GET /control/grants': () => cloud.grants(),
    'POST /control/misbehave': (_url, body) => {
      assertAwsServices(body.away, cloud.awsServices);
      cloud.misbehave(body);
      return cloud.faults();
    },
    'POST /control/heal': () => {
      cloud.heal();
      return cloud.faults();
    },
  };
}

/** @throws UserError that names the parameter when it is missing */
function required(url: URL, name: string): string {
  const value = url.searchParams.get(name);
  if (value) return value;
  throw new UserError(`Add the parameter ${name}: ${url.pathname}?${name}=…`);
}

/** The stacks of a variant that run processes: its contexts, the coordinator of checkouts, and the payment provider's simulator. */
function servicesOf({ cloud }: ControlledShop, variant: Variant): string[] {
  return [...CONTEXT_NAMES, 'checkout', 'provider'].filter((name) =>
    cloud.isDeployed(`triptych-${variant}-${name}`),
  );
}

/** The stack of the service that a body names. @throws UserError that names what does not exist */
function stackOf(shop: ControlledShop, body: Body): string {
  const unknown = Object.keys(body).find((name) => name !== 'variant' && name !== 'service');
  if (unknown !== undefined) {
    throw new UserError(`Unknown member "${unknown}": send {"variant": …, "service": …}.`);
  }
  const variant = parseVariant(typeof body.variant === 'string' ? body.variant : '');
  if (!shop.variants.includes(variant)) {
    throw new UserError(`${variant} is not running; running: ${shop.variants.join(', ')}.`);
  }
  const services = servicesOf(shop, variant);
  const service = services.find((name) => name === body.service);
  if (!service) {
    const given = String(body.service ?? '');
    throw new UserError(
      `Say which service of ${variant}: ${services.join(', ')} (got "${given}").`,
    );
  }
  return `triptych-${variant}-${service}`;
}

/** Kills the processes of a service. Returns how many there were: none for a function without a sandbox. */
function kill(shop: ControlledShop, body: Body): { killed: number } {
  const stack = stackOf(shop, body);
  const running = shop.cloud.processes().filter((found) => found.stack === stack);
  const sources = [...new Set(running.map(({ source }) => source))];
  return { killed: sources.reduce((sum, source) => sum + shop.cloud.kill(stack, source), 0) };
}

/** Releases a service: replaces its processes by processes of the current artifact. Resolves when those serve requests. */
async function release(shop: ControlledShop, body: Body): Promise<{ released: string }> {
  const released = stackOf(shop, body);
  await shop.cloud.restart(released);
  return { released };
}

/** @throws UserError that names the first unknown service. Other values are checked by `misbehave` */
function assertAwsServices(away: unknown, known: readonly string[]): void {
  if (!Array.isArray(away)) return;
  const unknown = away.find((name) => !known.includes(name as string));
  if (unknown === undefined) return;
  throw new UserError(
    `There is no AWS service "${String(unknown)}"; there are: ${known.join(', ')}.`,
  );
}
