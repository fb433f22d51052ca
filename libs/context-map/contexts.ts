import type { Variant } from './variants.ts';

/** What runs a context's code. */
export type Runtime = 'container' | 'function';

/** What a context has besides its code. Infra creates it; the tools and the tests expect it. */
export interface ContextTraits {
  /** Its own table, with the keys `pk` and `sk`. */
  readonly table: boolean;
  /** Its own queue, with a dead-letter queue. What it subscribes to arrives there. */
  readonly queue: boolean;
  /** It publishes events from an outbox in its table. In functions, the table's stream triggers the relay. */
  readonly stream: boolean;
  /** What runs it in the hybrid. Only images is a function there: it is behind the CDN. */
  readonly hybrid: Runtime;
  /** Tables with another schema: name → logical id. */
  readonly extraTables?: Readonly<Record<string, string>>;
  /** Queues with other settings: name → logical id. */
  readonly extraQueues?: Readonly<Record<string, string>>;
}

/**
 * Every context. The name is the first segment of its paths, the folder of its library, its stack, and `SERVICE_NAME`.
 * Append new ones at the end: the order decides the priority of the load balancer's rules.
 */
export const CONTEXTS = {
  auth: {
    table: true,
    queue: true,
    stream: false,
    hybrid: 'container',
    extraTables: { limits: 'LimitsTable' },
  },
  catalog: { table: true, queue: true, stream: true, hybrid: 'container' },
  payments: {
    table: true,
    queue: true,
    stream: true,
    hybrid: 'container',
    extraQueues: { deadlines: 'DeadlineQueue' },
  },
  images: { table: false, queue: true, stream: false, hybrid: 'function' },
} as const satisfies Readonly<Record<string, ContextTraits>>;

export type ContextName = keyof typeof CONTEXTS;

/** The contexts whose trait has this value: `ContextWith<'table', true>`. */
export type ContextWith<Trait extends keyof ContextTraits, Value> = {
  [Name in ContextName]: (typeof CONTEXTS)[Name] extends Readonly<Record<Trait, Value>>
    ? Name
    : never;
}[ContextName];

export const CONTEXT_NAMES = Object.keys(CONTEXTS) as readonly ContextName[];

/** A context's traits, without the literal types of its entry. */
export const traitsOf = (name: ContextName): ContextTraits => CONTEXTS[name];

/** The contexts whose trait has this value, in the order of the list. */
export function contextsWith<Trait extends keyof ContextTraits, Value extends ContextTraits[Trait]>(
  trait: Trait,
  value: Value,
): readonly ContextWith<Trait, Value>[] {
  return CONTEXT_NAMES.filter((name) => traitsOf(name)[trait] === value) as ContextWith<
    Trait,
    Value
  >[];
}

/** A record with one value for each of some contexts. */
export function recordOf<Name extends ContextName, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

/** What runs a context in a variant. */
export function runtimeOf(variant: Variant, name: ContextName): Runtime {
  if (variant === 'microservices') return 'container';
  return variant === 'serverless' ? 'function' : traitsOf(name).hybrid;
}

/** The contexts that run as containers in the hybrid. */
export type CoreContext = ContextWith<'hybrid', 'container'>;
export const CORE_CONTEXTS = contextsWith('hybrid', 'container');
