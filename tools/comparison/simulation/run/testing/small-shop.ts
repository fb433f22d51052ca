import { CONTEXT_NAMES, runtimeOf, VARIANTS, type Variant } from '@triptych/context-map';
import type { Inventory } from '../../../cost/index.ts';
import type { Figure } from '../../../data/index.ts';

const CPU_MS = { browse: 7, picture: 15, 'log-in': 45, 'place-order': 70 };
const P50_MS = { browse: 15, picture: 25, 'log-in': 60, 'place-order': 20 };

/** The figures of a small run, as far as a simulation reads them. */
export function figuresOf(): Figure[] {
  const values = VARIANTS.flatMap((target) => [
    ...Object.entries(CPU_MS).map(([step, ms]) => [`work/${target}/cpu/${step}`, ms] as const),
    ...Object.entries(P50_MS).map(
      ([step, ms]) => [`latency/${target}/${step}/warm/p50`, ms] as const,
    ),
    ...CONTEXT_NAMES.map((name) => [`latency/${target}/init-ms/${name}-http`, 450] as const),
  ]);
  return values.map(([id, value]) => ({
    ...{ id, value, part: 'work', title: id, unit: 'ms', n: 1, origin: 'a test' },
    spread: { kind: 'exact', low: value, high: value },
    at: new Date(0).toISOString(),
    indicative: false,
  }));
}

/** A variant's inventory, as far as a simulation reads it. */
export function inventoryOf(variant: Variant): Partial<Inventory> {
  const isContainer = (name: (typeof CONTEXT_NAMES)[number]) =>
    runtimeOf(variant, name) === 'container';
  return {
    variant,
    tasks: CONTEXT_NAMES.filter(isContainer).map((service) => ({
      ...{ service, vcpu: 0.5, memoryGb: 1, minTasks: 2, maxTasks: 8, targetUtilization: 0.6 },
      ...{ publicIp: true, queues: 1, secrets: 0 },
    })),
    functions: CONTEXT_NAMES.filter((name) => !isContainer(name)).flatMap((service) =>
      ['http', 'worker'].map((part) => ({
        ...{ name: `${service}-${part}`, service, memoryMb: 1_024, provisioned: 0 },
        ...{ queues: 0, scheduled: 0, secrets: 0 },
      })),
    ),
    ...(variant === 'hybrid' ? { cdn: { functions: 2 } } : {}),
  };
}
