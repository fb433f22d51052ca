import { describe, expect, test } from 'vitest';
import { type Figure, PartFindings } from '../data/index.ts';
import { assume } from './assumptions.ts';
import type { Inventory } from './inventory.ts';
import { measuredWorkload } from './measured.ts';
import { operations } from './workload.ts';

const inventory: Inventory = {
  variant: 'hybrid',
  architecture: 'arm64',
  tasks: [
    {
      service: 'catalog',
      vcpu: 0.25,
      memoryGb: 0.5,
      minTasks: 2,
      maxTasks: 8,
      targetUtilization: 0.6,
      publicIp: true,
      queues: 1,
      secrets: 0,
    },
  ],
  functions: [
    {
      name: 'images-http',
      service: 'images',
      memoryMb: 1769,
      provisioned: 0,
      queues: 0,
      scheduled: 0,
      secrets: 0,
    },
    {
      name: 'images-worker',
      service: 'images',
      memoryMb: 1769,
      provisioned: 0,
      queues: 1,
      scheduled: 0,
      secrets: 0,
    },
  ],
  webFunctions: [],
  front: 'load-balancer',
  loadBalancers: [],
  natGateways: 0,
  tables: [],
  secrets: 0,
  alarms: 0,
  dashboards: 0,
  kmsKeys: 0,
  firewalls: [],
};

function work(left: readonly string[] = []): Figure[] {
  const part = new PartFindings('work');
  const figure = (what: string, value: number, low = value, high = value) => {
    if (left.includes(what)) return;
    const sampled = { n: 20, spread: { kind: 'ci95' as const, low, high } };
    part.figure({
      what,
      target: 'hybrid',
      title: what,
      value,
      unit: 'count',
      origin: 'test',
      ...(low === high ? {} : { sampled }),
    });
  };
  figure('requests-per-journey', 10, 8, 12);
  figure('bytes-out-per-journey', 50_000);
  figure('cpu/browse', 5, 4, 7);
  figure('cpu/picture', 100);
  for (const id of operations) figure(`operations/journey/${id}`, 2);
  figure('function-ms/images.Http', 30, 20, 50);
  if (left.includes('init-ms/images.Http')) return part.figures;
  const latency = new PartFindings('latency');
  const given = { target: 'hybrid', title: 'INIT', unit: 'ms', origin: 'test' };
  latency.figure({ ...given, what: 'init-ms/images.Http', value: 300 });
  return [...part.figures, ...latency.figures];
}

const read = (figures: readonly Figure[]) =>
  measuredWorkload(figures, 'hybrid', inventory, assume());

describe('CPU time of container services', () => {
  const two: Inventory = {
    ...inventory,
    tasks: ['catalog', 'payments'].map((service) => ({ ...inventory.tasks[0], service }) as never),
  };

  test('the CPU time of steps is distributed by the measured share of each service', () => {
    const part = new PartFindings('work');
    for (const [what, value] of Object.entries({ 'cpu-of/catalog': 30, 'cpu-of/payments': 10 })) {
      part.figure({ what, target: 'hybrid', title: what, value, unit: 'ms', origin: 'test' });
    }
    const { measured } = measuredWorkload([...work(), ...part.figures], 'hybrid', two, assume());
    // 5 ms for browsing, three quarters of it in catalog
    expect(measured?.at.value.cpuMs).toEqual({ catalog: 3.75, payments: 1.25 });
  });
});

describe('a workload from figures', () => {
  test('container services get the CPU time of their steps, functions their invocations', () => {
    const { measured } = read(work());
    expect(measured?.at.value.cpuMs).toEqual({ catalog: 5 });
    expect(measured?.at.value.functions).toEqual({
      'images-http': { perJourney: 2, ms: 30, initMs: 300 },
    });
    expect(measured?.n).toBe(20);
    expect(measured?.kind).toBe('ci95');
  });

  test('its low end has little work and many requests per journey, its high end the opposite', () => {
    const { measured } = read(work());
    expect(measured?.at.low).toMatchObject({ requestsPerJourney: 12, cpuMs: { catalog: 4 } });
    expect(measured?.at.high).toMatchObject({ requestsPerJourney: 8, cpuMs: { catalog: 7 } });
  });

  test('an assumption that the user states replaces a measured figure, and a default does not', () => {
    const bursts = new PartFindings('bursts');
    const given = { target: 'hybrid', title: 'cold', unit: 'share', origin: 'test' };
    bursts.figure({ ...given, what: 'spike/cold-share', value: 0.028 });
    const share = (explicit: readonly string[]) => {
      const assumed = assume({ coldShareUnderLoad: 0.0004 });
      const figures = [...work(), ...bursts.figures];
      const stated = new Set(explicit);
      return measuredWorkload(figures, 'hybrid', inventory, assumed, stated).measured?.at.value
        .coldShareUnderLoad;
    };
    expect(share([])).toBe(0.028);
    expect(share(['coldShareUnderLoad'])).toBe(0.0004);
    expect(share(['logBytesPerRequest'])).toBe(0.028);
  });

  test('a figure that was not measured is reported as missing', () => {
    const { measured, missing } = read(work(['operations/journey/sqs', 'init-ms/images.Http']));
    expect(measured).toBeUndefined();
    expect(missing.map(({ what }) => what)).toEqual([
      'init-ms/images-http',
      'operations/journey/sqs',
    ]);
  });

  test('a function whose start was not seen gets the longest INIT of the others, and a note says so', () => {
    const latency = new PartFindings('latency');
    const given = { target: 'hybrid', title: 'INIT', unit: 'ms', origin: 'test' };
    latency.figure({ ...given, what: 'init-ms/images.Worker', value: 420 });
    const { measured, missing } = read([...work(['init-ms/images.Http']), ...latency.figures]);
    expect(missing).toEqual([]);
    expect(measured?.at.value.functions['images-http']?.initMs).toBe(420);
    expect([...(measured?.derived ?? [])]).toContain(
      'INIT of images-http: the longest INIT of the other functions',
    );
  });

  test('functions that a journey does not invoke need no durations', () => {
    const timed = ['function-ms/images.Http', 'init-ms/images.Http'];
    expect(read(work(timed)).missing.map(({ what }) => what)).toEqual([
      'function-ms of any function',
    ]);
    const never = work([...timed, 'operations/journey/invocations']);
    const part = new PartFindings('work');
    const given = { target: 'hybrid', title: 'invocations', unit: 'count', origin: 'test' };
    part.figure({ ...given, what: 'operations/journey/invocations', value: 0 });
    const { measured, missing } = read([...never, ...part.figures]);
    expect(missing).toEqual([]);
    expect(measured?.at.value.functions).toEqual({});
    expect([...(measured?.derived ?? [])].join()).toContain('no journey invoked any');
  });

  test('assumptions that replace figures are listed', () => {
    expect(read(work()).measured?.standIns).toContain('coldShareUnderLoad');
  });

  test('without figures everything is missing', () => {
    expect(read([]).missing.length).toBeGreaterThan(5);
  });
});
