import { CONTEXT_NAMES, type ContextName, runtimeOf } from '@triptych/context-map';
import type { ComparedTarget, LocalShop } from '../../part.ts';
import { providerControl } from './provider-control.ts';

/** Processes are killed repeatedly at this interval, so that none recovers during the fault. */
const KILL_EVERY_MS = 100;
/** Slower than the time-out of the customer in this measurement, but within that of the shop. */
const SLOW_MS = 3_000;

/** Services that an order needs come first, in case there is no time for all. */
const NEEDED_FIRST: readonly ContextName[] = ['payments', 'catalog'];
const ORDERED = [...new Set([...NEEDED_FIRST, ...CONTEXT_NAMES])];

/** A fault that can be injected. */
export interface Fault {
  /** Start of the figure keys. */
  readonly id: string;
  readonly title: string;
  /** Starts the fault. @returns a function that ends it */
  begin(): Promise<() => Promise<void>>;
}

/** The faults of a variant: each service, each queue consumer, the AWS services and the payment provider. */
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
      const timer = setInterval(kill, KILL_EVERY_MS);
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
    return dying(service, `${service} keeps crashing${origin}`, running(stackOf(service)));
  });
  const functionServices = ORDERED.filter(
    // Customers wait for nothing in auth's queue.
    (service) => service !== 'auth' && runtimeOf(variant, service) === 'function',
  );
  const consumers = functionServices.map((service) =>
    dying(
      `${service}-queue`,
      `the queue consumer of ${service} keeps crashing`,
      running(stackOf(service), 'Worker'),
    ),
  );
  const provider = await providerOf(target, cloud.endpointUrl);
  const [first, ...otherServices] = services;
  const [consumer, ...otherConsumers] = consumers;
  // One of each kind comes first, because there may not be time for all.
  return [
    first,
    away('dynamodb', 'tables', 'the tables are unavailable'),
    away('events', 'bus', 'the event bus is unavailable'),
    dying('provider', 'the payment provider keeps crashing', running(stackOf('provider'))),
    consumer,
    away('s3', 'buckets', 'the buckets are unavailable'),
    ...otherServices,
    away('sqs', 'queues', 'the queues are unavailable to clients'),
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

/** The fault of a slow payment provider. A real provider cannot be slowed down. */
async function providerOf({ variant }: ComparedTarget, endpointUrl: string) {
  const provider = await providerControl(variant, endpointUrl);
  if (!provider) return undefined;
  const slow: Fault = {
    id: 'provider-slow',
    title: `the payment provider takes ${SLOW_MS / 1000} s per answer`,
    begin: async () => {
      await provider.behave({ latencyMs: SLOW_MS });
      return () => provider.behave({});
    },
  };
  return { slow };
}
