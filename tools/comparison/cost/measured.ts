import type { Figure, Spread } from '../data/index.ts';
import type { Assumed, AssumptionId } from './assumptions.ts';
import type { Inventory } from './inventory.ts';
import { type FunctionWork, type Operation, operations, type Workload } from './workload.ts';

/** Which service does a step's work, where the run counts by step and not by service or function. */
const serviceOfStep: Readonly<Record<string, string>> = {
  browse: 'catalog',
  picture: 'images',
  'log-in': 'auth',
  'place-order': 'payments',
  'order-confirmed': 'payments',
};

/** The end of its spread at which each figure is read; low is where the bill is smallest. */
export type End = 'low' | 'value' | 'high';

/** A target's workload at the three ends of what was measured, and what is behind it. */
export interface Measured {
  readonly at: Readonly<Record<End, Workload>>;
  /** Figures that were used. */
  readonly figures: readonly Figure[];
  /** Assumptions that stand in for figures the run does not have. */
  readonly standIns: readonly AssumptionId[];
  /** What was derived rather than measured, in words. */
  readonly derived: readonly string[];
  /** Smallest number of samples behind it. */
  readonly n: number;
  readonly kind: Spread['kind'];
}

export interface Lack {
  readonly what: string;
  readonly why: string;
}

/**
 * Reads a target's workload out of the figures of the parts work, latency (INIT) and bursts (cold starts).
 * @returns what is lacking instead, when a bill cannot be made without inventing a number
 */
export function measuredWorkload(
  figures: readonly Figure[],
  target: string,
  inventory: Inventory,
  assumed: Assumed,
): { readonly measured?: Measured; readonly missing: readonly Lack[] } {
  const reader = new Reader(figures, target);
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

function workload(reader: Reader, inventory: Inventory, assumed: Assumed): Workload {
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
    coldShareUnderLoad:
      inventory.functions.length === 0
        ? 0
        : (reader.share('bursts', 'spike/cold-share') ??
          reader.standIn('coldShareUnderLoad', assumed)),
    logBytesPerJourney:
      reader.get('log-bytes-per-journey') ??
      requestsPerJourney * reader.standIn('logBytesPerRequest', assumed),
    picturesPerJourney:
      inventory.cdn === undefined
        ? 0
        : (reader.get('requests/picture') ?? reader.standIn('picturesPerJourney', assumed)),
  };
}

function operationCount(reader: Reader, inventory: Inventory, id: Operation): number {
  // Without functions there is nothing to invoke, whatever the run says of its provider.
  if (id === 'invocations' && inventory.functions.length === 0) return 0;
  return reader.need(`operations/journey/${id}`) ?? 0;
}

/**
 * Processor time of each container service. What was counted by service has the idle work of its loops in it, and what was
 * counted by step has not: so the steps are shared out as the services were seen to work.
 */
function cpuByService(reader: Reader, { tasks }: Inventory): Record<string, number> {
  if (tasks.length === 0) return {};
  const services = tasks.map(({ service }) => service);
  const steps = Object.entries(serviceOfStep).flatMap(([step, service]) => {
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
        ? 'processor time of a service: that of the steps containers answer, without idle work, shared out as the services were seen to work'
        : 'processor time of a service: as seen, idle work included',
    );
    return Object.fromEntries(counted.map(({ service, ms }) => [service, ms * share]));
  }
  if (steps.length > 0) {
    reader.derived.add(
      'processor time of a service: that of the steps it answers (browse: catalog, picture: images, log-in: auth, the order: payments)',
    );
    return Object.fromEntries(
      services.map((name) => [name, sum(steps.filter(({ service }) => service === name))]),
    );
  }
  const whole = reader.need('cpu-per-journey') ?? 0;
  const vcpus = tasks.reduce((total, { vcpu }) => total + vcpu, 0);
  reader.derived.add("processor time of a service: the journey's, shared out by size of task");
  return Object.fromEntries(tasks.map(({ service, vcpu }) => [service, (whole * vcpu) / vcpus]));
}

function sum(parts: readonly { readonly ms: number }[]): number {
  return parts.reduce((total, { ms }) => total + ms, 0);
}

/** Invocations and billed time of each function. */
function functionWork(reader: Reader, { functions }: Inventory): Record<string, FunctionWork> {
  const times = functions.map(({ name }) => ({
    name,
    ms: reader.ofFunction('work', 'function-ms', name),
    initMs: reader.ofFunction('latency', 'init-ms', name) ?? reader.figure('bursts', 'init/p50'),
    perJourney: reader.ofFunction('work', 'invocations', name),
  }));
  const timed = times.filter(({ ms }) => ms !== undefined);
  const none = reader.get('operations/journey/invocations') === 0;
  if (none && functions.length > 0) {
    reader.derived.add(
      'functions: none was invoked on a journey, so they cost their idle state alone',
    );
  } else if (functions.length > 0 && timed.length === 0) {
    reader.missing.set('function-ms of any function', 'the part work has no billed durations');
  }
  const counted = times.some(({ perJourney }) => perJourney !== undefined);
  // Not counted one by one: every function that was seen, equally often.
  const each = counted ? 0 : (reader.get('operations/journey/invocations') ?? 0) / timed.length;
  if (!counted && timed.length > 0) {
    reader.derived.add(
      "invocations of a function: the journey's, shared out evenly among the functions that were timed",
    );
  }
  const work: Record<string, FunctionWork> = {};
  for (const { name, ms, initMs, perJourney } of times) {
    const count = perJourney ?? (ms === undefined ? 0 : each);
    if (count > 0 && ms === undefined) {
      reader.missing.set(`function-ms/${name}`, 'it was invoked, but its time was not measured');
    }
    if (count > 0 && initMs === undefined) {
      reader.missing.set(`init-ms/${name}`, 'INIT is billed, and the run did not time it');
    }
    if (ms !== undefined) work[name] = { perJourney: count, ms, initMs: initMs ?? 0 };
  }
  return work;
}

/** Looks figures up and remembers which, and which were not there. */
class Reader {
  end: End = 'value';
  readonly used = new Map<string, Figure>();
  readonly missing = new Map<string, string>();
  readonly standIns = new Set<AssumptionId>();
  readonly derived = new Set<string>();
  readonly #figures: ReadonlyMap<string, Figure>;
  readonly #target: string;

  constructor(figures: readonly Figure[], target: string) {
    this.#figures = new Map(figures.map((figure) => [figure.id, figure]));
    this.#target = target;
  }

  get(what: string): number | undefined {
    return this.figure('work', what);
  }

  need(what: string, direction?: 'opposite'): number | undefined {
    const value = this.figure('work', what, direction);
    if (value === undefined) {
      this.missing.set(what, 'the part work did not measure it, and a bill needs it');
    }
    return value;
  }

  share(part: string, what: string): number | undefined {
    const value = this.figure(part, what);
    const unit = this.#figures.get(`${part}/${this.#target}/${what}`)?.unit;
    return value === undefined ? undefined : unit === '%' ? value / 100 : value;
  }

  standIn(id: AssumptionId, assumed: Assumed): number {
    this.standIns.add(id);
    return assumed[id];
  }

  /** Names of functions differ between those who measure: `catalog-http`, `catalog.Http`, `triptych-serverless-catalog-Http`. */
  ofFunction(part: string, what: string, name: string): number | undefined {
    const prefix = `${part}/${this.#target}/${what}/`;
    const words = name.split('-');
    const id = [...this.#figures.keys()].find(
      (key) =>
        key.startsWith(prefix) &&
        words.every((word) => key.slice(prefix.length).toLowerCase().includes(word)),
    );
    return id === undefined ? undefined : this.figure(part, id.split('/').slice(2).join('/'));
  }

  figure(part: string, what: string, direction?: 'opposite'): number | undefined {
    const figure = this.#figures.get(`${part}/${this.#target}/${what}`);
    if (!figure) return undefined;
    this.used.set(figure.id, figure);
    if (this.end === 'value') return figure.value;
    const low = (this.end === 'low') !== (direction === 'opposite');
    return Math.max(0, low ? figure.spread.low : figure.spread.high);
  }
}
