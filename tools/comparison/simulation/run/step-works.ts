import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import type { Figure } from '../../data/index.ts';
import type { Work } from '../models/call.ts';

/** The requests of a shop that are simulated. `poll` looks at an order until it has ended. */
export const STEPS = ['browse', 'picture', 'log-in', 'place-order', 'poll'] as const;
export type Step = (typeof STEPS)[number];

export const SERVICE_OF: Readonly<Record<Step, ContextName>> = {
  browse: 'catalog',
  picture: 'images',
  'log-in': 'auth',
  'place-order': 'payments',
  poll: 'payments',
};

/** A message that an order sends, and the work of the service that handles it. */
export interface Message {
  readonly service: ContextName;
  readonly work: Work;
}

/** What a run has measured of one target, as the work of requests and messages. */
export interface MeasuredWorks {
  readonly steps: Readonly<Record<Step, Work>>;
  /** Of one order, in the order in which they are handled. */
  readonly messages: readonly Message[];
  /** INIT in milliseconds by service; 0 if the run has seen none. */
  readonly initMs: Readonly<Record<ContextName, number>>;
}

/** The services that an order goes through after its request, in turn. */
const ORDER_GOES_THROUGH: readonly ContextName[] = [
  'catalog',
  'payments',
  'catalog',
  'payments',
  'payments',
  'catalog',
];

/**
 * Reads the work of a target from the figures of the parts work and latency. A step's processor time is measured; the rest of
 * its median latency is waiting. The processor time of an order covers its messages too, so the request gets the share of its own
 * latency that browsing spends on the processor, and the messages get the rest in equal parts.
 * @returns the works, or the figures that are missing
 */
export function measuredWorks(
  figures: readonly Figure[],
  target: string,
): { readonly works?: MeasuredWorks; readonly missing: readonly string[] } {
  const values = new Map(figures.map(({ id, value }) => [id, value]));
  const missing: string[] = [];
  const need = (id: string): number => {
    const value = values.get(id);
    if (value === undefined) missing.push(id);
    return value ?? 0;
  };
  const work = (step: string): Work => {
    const cpuMs = need(`work/${target}/cpu/${step}`);
    return { cpuMs, waitMs: Math.max(0, need(`latency/${target}/${step}/warm/p50`) - cpuMs) };
  };
  const browse = work('browse');
  const whole = browse.cpuMs + browse.waitMs;
  const order = need(`latency/${target}/place-order/warm/p50`);
  const requestCpuMs = whole === 0 ? 0 : (order * browse.cpuMs) / whole;
  const request = { cpuMs: requestCpuMs, waitMs: order - requestCpuMs };
  const rest = Math.max(0, need(`work/${target}/cpu/place-order`) - 2 * requestCpuMs);
  const cpuMs = rest / ORDER_GOES_THROUGH.length;
  const waitMs = whole === 0 ? 0 : (cpuMs * browse.waitMs) / browse.cpuMs;
  const initMs = Object.fromEntries(
    CONTEXT_NAMES.map((name) => [name, values.get(`latency/${target}/init-ms/${name}-http`) ?? 0]),
  ) as Record<ContextName, number>;
  const works: MeasuredWorks = {
    steps: {
      ...{ browse, picture: work('picture'), 'log-in': work('log-in') },
      ...{ 'place-order': request, poll: request },
    },
    messages: ORDER_GOES_THROUGH.map((service) => ({ service, work: { cpuMs, waitMs } })),
    initMs,
  };
  return missing.length > 0 ? { missing } : { works, missing };
}
