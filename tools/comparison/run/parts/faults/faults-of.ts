import { CONTEXT_NAMES, type ContextName, runtimeOf } from '@triptych/context-map';
import { localSettings } from '@triptych/shop/control/conformance-settings';
import type { ComparedTarget, LocalShop } from '../../part.ts';

/** Killed again this often, so that nothing comes back while the fault lasts. */
const killEveryMs = 100;
/** Slower than a customer's patience, but within that of the shop. */
const slowMs = 3_000;

/** The services that an order needs first, in case there is no time for all. */
const NEEDED_FIRST: readonly ContextName[] = ['payments', 'catalog'];
const ORDERED = [...new Set([...NEEDED_FIRST, ...CONTEXT_NAMES])];

/** Something that breaks, and how. */
export interface Fault {
  /** Start of the figures' ids. */
  readonly id: string;
  readonly title: string;
  /** Breaks it; what it returns mends it again. */
  begin(): Promise<() => Promise<void>>;
}

/** What can break in a variant: each service, each queue's consumer, what AWS provides, the payment provider. */
export async function faultsOf(target: ComparedTarget, local: LocalShop): Promise<Fault[]> {
  const { cloud } = local.shop;
  const { variant } = target;
  const away = (service: string, id: string, title: string): Fault => ({
    id,
    title,
    begin: async () => {
      cloud.misbehave({ away: [service] });
      return async () => cloud.misbehave({ away: [] });
    },
  });
  const dying = (id: string, title: string, victims: () => readonly Victim[]): Fault => ({
    id,
    title,
    begin: async () => {
      const kill = () => {
        for (const { stack, source } of victims()) cloud.kill(stack, source);
      };
      kill();
      const timer = setInterval(kill, killEveryMs);
      return async () => clearInterval(timer);
    },
  });
  const running = (stack: string, source?: string) => () =>
    distinct(
      cloud
        .processes()
        .filter((one) => one.stack === stack && (source === undefined || one.source === source)),
    );
  const stackOf = (part: string) => `triptych-${variant}-${part}`;
  const services = ORDERED.map((service) => {
    const origin =
      variant === 'hybrid' && runtimeOf(variant, service) === 'function'
        ? ' (origin of the CDN)'
        : '';
    return dying(service, `${service} keeps dying${origin}`, running(stackOf(service)));
  });
  const functionServices = ORDERED.filter(
    // Nothing that a customer waits for is in auth's queue.
    (service) => service !== 'auth' && runtimeOf(variant, service) === 'function',
  );
  const consumers = functionServices.map((service) =>
    dying(
      `${service}-queue`,
      `what takes from the queue of ${service} keeps dying`,
      running(stackOf(service), 'Worker'),
    ),
  );
  const provider = await providerOf(target, cloud.endpointUrl);
  const [first, ...otherServices] = services;
  const [consumer, ...otherConsumers] = consumers;
  // One of each kind first: time may not be enough for all.
  return [
    first,
    away('dynamodb', 'tables', 'the tables are away'),
    away('events', 'bus', 'the bus is away'),
    dying('provider', 'the payment provider keeps dying', running(stackOf('provider'))),
    consumer,
    away('s3', 'buckets', 'the buckets are away'),
    ...otherServices,
    away('sqs', 'queues', 'the queues are away from clients'),
    provider?.slow,
    ...otherConsumers,
  ].filter((fault) => fault !== undefined);
}

interface Victim {
  readonly stack: string;
  readonly source: string;
}

function distinct(found: readonly Victim[]): Victim[] {
  return [...new Map(found.map((one) => [`${one.stack}/${one.source}`, one])).values()];
}

/** The simulated provider's own switch; a real one has none. */
async function providerOf({ variant }: ComparedTarget, endpointUrl: string) {
  const settings = await localSettings(endpointUrl, variant);
  const { TRIPTYCH_PROVIDER_URL: url, TRIPTYCH_PROVIDER_KEY: key } = settings;
  if (!url || !key) return undefined;
  const behave = async (behaviour: { latencyMs?: number }) => {
    const answer = await fetch(new URL('/_control/behaviour', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(behaviour),
      signal: AbortSignal.timeout(10_000),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`The provider's switch answered ${answer.status}.`);
  };
  const slow: Fault = {
    id: 'provider-slow',
    title: `the payment provider takes ${slowMs / 1000} s for each answer`,
    begin: async () => {
      await behave({ latencyMs: slowMs });
      return () => behave({});
    },
  };
  return { slow };
}
