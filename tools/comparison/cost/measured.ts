import type { Figure, Spread } from '../data/index.ts';
import type { Assumed, AssumptionId } from './assumptions.ts';
import { type End, FigureReader } from './figure-reader.ts';
import type { Inventory } from './inventory.ts';
import {
  type FunctionWork,
  type Operation,
  operations,
  type WebWork,
  type Workload,
} from './workload.ts';

/** The service that does the work of a step, for runs that count by step only. */
const SERVICE_OF_STEP: Readonly<Record<string, string>> = {
  browse: 'catalog',
  picture: 'images',
  'log-in': 'auth',
  'place-order': 'payments',
  'order-confirmed': 'payments',
};

/** A target's workload at the low end, value and high end of its figures, with its sources. */
export interface Measured {
  readonly at: Readonly<Record<End, Workload>>;
  /** The figures used. */
  readonly figures: readonly Figure[];
  /** Assumptions that replace figures missing from the run. */
  readonly standIns: readonly AssumptionId[];
  /** Descriptions of derived values. */
  readonly derived: readonly string[];
  /** The smallest number of samples of any figure used. */
  readonly n: number;
  readonly kind: Spread['kind'];
}

/** A figure that the bill needs and the run does not have. */
export interface MissingInput {
  readonly what: string;
  readonly why: string;
}

/**
 * Reads a target's workload from the figures of the parts work, latency (INIT) and bursts (cold starts).
 * @param explicit the assumptions that the user states; each replaces a measured figure
 * @returns the workload, or the missing figures if the bill cannot be computed without them
 */
export function measuredWorkload(
  figures: readonly Figure[],
  target: string,
  inventory: Inventory,
  assumed: Assumed,
  explicit: ReadonlySet<string> = new Set(),
): { readonly measured?: Measured; readonly missing: readonly MissingInput[] } {
  const reader = new FigureReader(figures, target, explicit);
  const at = { low: read('low'), value: read('value'), high: read('high') };
  function read(end: End): Workload {
    reader.end = end;
    return workload(reader, inventory, assumed);
  }
  if (reader.missing.size > 0) {
    return { missing: [...reader.missing].map(([what, why]) => ({ what, why })) };
  }
  const used = [...reader.used.values()];
  const sampled = used.filter(({ spread }) => spread.kind !== 'exact');
  const kinds = new Set(sampled.map(({ spread }) => spread.kind));
  const measured: Measured = {
    at,
    figures: used,
    standIns: [...reader.standIns],
    derived: [...reader.derived],
    n: Math.min(...sampled.map(({ n }) => n), ...(sampled.length === 0 ? [1] : [])),
    kind: kinds.size === 0 ? 'exact' : kinds.size === 1 ? ([...kinds][0] ?? 'exact') : 'min-max',
  };
  return { measured, missing: [] };
}

function workload(reader: FigureReader, inventory: Inventory, assumed: Assumed): Workload {
  const requestsPerJourney = reader.need('requests-per-journey', 'opposite') ?? 1;
  const functions = functionWork(reader, inventory);
  return {
    requestsPerJourney,
    bytesOutPerJourney: reader.need('bytes-out-per-journey') ?? 0,
    cpuMs: cpuByService(reader, inventory),
    operations: Object.fromEntries(
      operations.map((id) => [id, operationCount(reader, inventory, id)]),
    ) as Record<Operation, number>,
    functions,
    web: webWork(reader, inventory),
    coldShareUnderLoad:
      inventory.functions.length === 0
        ? 0
        : reader.orAssumed('coldShareUnderLoad', assumed, () =>
            reader.share('bursts', 'spike/cold-share'),
          ),
    logBytesPerJourney: reader.orAssumed(
      'logBytesPerRequest',
      assumed,
      () => reader.get('log-bytes-per-journey'),
      requestsPerJourney,
    ),
    picturesPerJourney:
      inventory.cdn === undefined
        ? 0
        : reader.orAssumed('picturesPerJourney', assumed, () => reader.get('requests/picture')),
  };
}

function operationCount(reader: FigureReader, inventory: Inventory, id: Operation): number {
  // Without functions there are no invocations; the run may have counted those of the simulated provider.
  if (id === 'invocations' && inventory.functions.length === 0) return 0;
  return reader.need(`operations/journey/${id}`) ?? 0;
}

/**
 * CPU time of each container service. CPU time by service includes idle work, and CPU time by step does not, so the total of
 * the steps is distributed by the measured share of each service.
 */
function cpuByService(reader: FigureReader, { tasks }: Inventory): Record<string, number> {
  if (tasks.length === 0) return {};
  const services = tasks.map(({ service }) => service);
  const steps = Object.entries(SERVICE_OF_STEP).flatMap(([step, service]) => {
    const ms = services.includes(service) ? reader.get(`cpu/${step}`) : undefined;
    return ms === undefined ? [] : [{ service, ms }];
  });
  const counted = services.flatMap((service) => {
    const ms = reader.get(`cpu-of/${service}`);
    return ms === undefined ? [] : [{ service, ms }];
  });
  const all = sum(counted);
  if (all > 0) {
    const share = steps.length > 0 ? sum(steps) / all : 1;
    reader.derived.add(
      steps.length > 0
        ? 'CPU time of a service: the CPU time of the steps that containers answer, without idle work, distributed by the measured share of each service'
        : 'CPU time of a service: as measured, including idle work',
    );
    return Object.fromEntries(counted.map(({ service, ms }) => [service, ms * share]));
  }
  if (steps.length > 0) {
    reader.derived.add(
      'CPU time of a service: the CPU time of the steps it answers (browse: catalog, picture: images, log-in: auth, order: payments)',
    );
    return Object.fromEntries(
      services.map((name) => [name, sum(steps.filter(({ service }) => service === name))]),
    );
  }
  const whole = reader.need('cpu-per-journey') ?? 0;
  const vcpus = tasks.reduce((total, { vcpu }) => total + vcpu, 0);
  reader.derived.add("CPU time of a service: the journey's CPU time, distributed by task size");
  return Object.fromEntries(tasks.map(({ service, vcpu }) => [service, (whole * vcpu) / vcpus]));
}

function sum(parts: readonly { readonly ms: number }[]): number {
  return parts.reduce((total, { ms }) => total + ms, 0);
}

/** The work of each Web Function. Its figures are measured, or the bill cannot be computed. */
function webWork(
  reader: FigureReader,
  { webFunctions }: Inventory,
): Readonly<Record<string, WebWork>> {
  return Object.fromEntries(
    webFunctions.map(({ service }) => [
      service,
      {
        requestsPerJourney: reader.need(`web-requests/${service}`) ?? 0,
        cpuMs: reader.need(`web-cpu/${service}`) ?? 0,
        memoryMb: reader.need(`web-memory/${service}`) ?? 0,
        startCpuMs: reader.need(`web-start-cpu/${service}`) ?? 0,
        idleCpuMsPerSecond: reader.figure('idle', 'web-cpu') ?? idleUnknown(reader),
      },
    ]),
  );
}

function idleUnknown(reader: FigureReader): number {
  reader.derived.add('CPU time of an idle environment: not measured, and counted as 0');
  return 0;
}

/** INIT of a function. A short run may not have seen every function start. */
function initOf(reader: FigureReader, name: string): number | undefined {
  const own = reader.ofFunction('latency', 'init-ms', name) ?? reader.figure('bursts', 'init/p50');
  if (own !== undefined) return own;
  const longest = reader.largest('latency', 'init-ms');
  if (longest !== undefined) {
    reader.derived.add(`INIT of ${name}: the longest INIT of the other functions`);
  }
  return longest;
}

/** Invocations and billed duration of each function. */
function functionWork(
  reader: FigureReader,
  { functions }: Inventory,
): Record<string, FunctionWork> {
  const times = functions.map(({ name }) => ({
    name,
    ms: reader.ofFunction('work', 'function-ms', name),
    initMs: initOf(reader, name),
    perJourney: reader.ofFunction('work', 'invocations', name),
  }));
  const timed = times.filter(({ ms }) => ms !== undefined);
  const none = reader.get('operations/journey/invocations') === 0;
  if (none && functions.length > 0) {
    reader.derived.add('functions: no journey invoked any, so only their idle costs count');
  } else if (functions.length > 0 && timed.length === 0) {
    reader.missing.set(
      'function-ms of any function',
      'the part “Work per request” has no billed durations',
    );
  }
  const counted = times.some(({ perJourney }) => perJourney !== undefined);
  // Without counts per function, the invocations are distributed evenly among the functions with a duration.
  const each = counted ? 0 : (reader.get('operations/journey/invocations') ?? 0) / timed.length;
  if (!counted && timed.length > 0) {
    reader.derived.add(
      "invocations of a function: the journey's invocations, distributed evenly among the functions with a measured duration",
    );
  }
  const work: Record<string, FunctionWork> = {};
  for (const { name, ms, initMs, perJourney } of times) {
    const count = perJourney ?? (ms === undefined ? 0 : each);
    if (count > 0 && ms === undefined) {
      reader.missing.set(
        `function-ms/${name}`,
        'it was invoked, but its duration was not measured',
      );
    }
    if (count > 0 && initMs === undefined) {
      reader.missing.set(`init-ms/${name}`, 'INIT is billed, but the run did not measure it');
    }
    if (ms !== undefined) work[name] = { perJourney: count, ms, initMs: initMs ?? 0 };
  }
  return work;
}
