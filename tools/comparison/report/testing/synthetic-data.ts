import { PART_IDS, PartFindings, type PartId, type ReportData } from '../../data/index.ts';
import { factors, syntheticRun, syntheticTargets } from './synthetic-targets.ts';

type Entry = readonly [what: string, title: string, value: number, unit: string, n?: number];

const quantiles = (what: string, title: string, value: number, n = 200): Entry[] => [
  [`${what}/p50`, `${title}, p50`, value, 'ms', n],
  [`${what}/p95`, `${title}, p95`, value * 2.1, 'ms', n],
  [`${what}/p99`, `${title}, p99`, value * 3.7, 'ms', n],
];
const steps = { browse: 6, picture: 9, 'log-in': 34, 'place-order': 21, 'order-confirmed': 160 };
const traffic = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** The figures of each part; `n` is set for sampled figures. */
const entries: Record<PartId, readonly Entry[]> = {
  behaviour: [
    ['passed', 'Checks passed', 214, 'count'],
    ['failed', 'Checks failed', 0, 'count'],
    ['not-run', 'Checks not run', 0, 'count'],
  ],
  latency: Object.entries(steps).flatMap(([step, ms]) => [
    ...quantiles(`${step}/warm`, `${step}, warm`, ms),
    ...quantiles(`${step}/cold`, `${step}, cold`, ms + 180, 12),
  ]),
  bursts: [
    ...quantiles('cold-first-request', 'First request after idle', 190, 32),
    ...quantiles('burst-50', 'One to fifty concurrent requests', 120),
    ['burst-50/cold-share', 'One to fifty concurrent requests, cold', 0.2, 'share', 50],
    ...quantiles('spike', 'Spike', 60),
    ['spike/cold-share', 'Spike, cold', 0.04, 'share', 300],
    ...quantiles('ramp', 'Ramp', 44),
    ['init/p50', 'INIT', 130, 'ms', 32],
    ['shortens/bundle/on', 'One bundle: on', 130, 'ms', 32],
    ['shortens/bundle/off', 'One bundle: off', 210, 'ms', 32],
    ['shortens/bundle/ratio', 'One bundle: on by off', 0.62, 'ratio', 32],
  ],
  idle: [
    ['processes', 'Processes', 4, 'count'],
    ['memory', 'Memory', 310, 'MiB', 40],
    ['cpu', 'CPU time', 2.1, 'ms per s', 40],
  ],
  work: [
    ['cpu-per-journey', 'CPU per journey', 44, 'ms', 60],
    ['requests-per-journey', 'Requests per journey', 9, 'count'],
    ['operations/journey/dynamodb-read', 'DynamoDB reads per journey', 11, 'count'],
    ['operations/journey/dynamodb-write', 'DynamoDB writes per journey', 17, 'count'],
    ['operations/journey/sqs', 'Queue operations per journey', 8, 'count'],
    ['cpu/browse', 'CPU of browsing', 4, 'ms', 60],
    ['cpu/place-order', 'CPU of placing an order', 14, 'ms', 60],
    ['function-ms/catalog', 'Duration of catalog', 4, 'ms', 60],
  ],
  cost: traffic.flatMap((requests): Entry[] => [
    [`month/${requests}`, `${requests} requests a month`, 20 + requests / 8e4, 'USD/month', 200],
    [`line/${requests}/load-balancer`, `${requests}: load balancer`, 16.4, 'USD/month'],
  ]),
  complexity: [
    ['resources', 'Resources', 88, 'count'],
    ['iam-statements', 'IAM statements', 31, 'count'],
    ['deployables', 'Deployables', 4, 'count'],
    ['artifact-bytes', 'Artifacts', 9_400_000, 'bytes'],
    ['wiring-lines', 'Lines of wiring', 140, 'count'],
    ['settings', 'Settings', 33, 'count'],
    ['things-to-operate', 'Things to operate', 21, 'count'],
    ['resources/AWS..SQS..Queue', 'AWS::SQS::Queue', 8, 'count'],
  ],
  faults: ['catalog', 'payments', 'provider'].flatMap((fault): Entry[] => [
    [`${fault}/recovery`, `${fault} killed: recovery`, 1.9, 's', 6],
    [`${fault}/lost`, `${fault} killed: lost orders`, 0, 'count'],
  ]),
  limits: [
    ['largest-body', 'Largest body', 65_536, 'bytes'],
    ['longest-request', 'Longest request', 30, 's'],
    ['most-concurrent', 'Most concurrent requests', 120, 'count'],
    ['long-job/seconds', 'Long job: time', 71, 's'],
    ['long-job/pieces', 'Long job: pieces', 3, 'count'],
  ],
  deployment: [
    ['start/all', 'Start everything', 4.1, 's', 5],
    ['change-one-service/seconds', 'Change one service', 1.4, 's', 5],
    ['change-one-service/restarted', 'Stacks restarted', 1, 'count'],
    ['tear-down', 'Tear down', 0.8, 's', 5],
    ['left', 'Left behind', 0, 'count'],
  ],
  coordination: [],
  'shoot-outs': [],
};

/** Figures for which higher is better. */
const HIGHER_IS_BETTER = /^(most|largest|longest|passed)/;

function findingsOf(part: PartId): PartFindings {
  const findings = new PartFindings(part, () => new Date('2026-01-01T00:00:00Z'));
  for (const { name } of syntheticTargets) {
    const factor = factors[name] ?? 1;
    for (const [what, title, base, unit, n] of entries[part]) {
      const value = unit === 'count' ? Math.round(base * factor) : base * factor;
      const spread = { kind: 'ci95' as const, low: value * 0.97, high: value * 1.03 };
      findings.figure({
        what,
        target: name,
        title,
        value,
        unit,
        ...(n === undefined ? {} : { sampled: { n, spread } }),
        origin: 'invented for tests',
        better: HIGHER_IS_BETTER.test(what) ? 'higher' : 'lower',
      });
    }
  }
  return findings;
}

function drawBill(findings: PartFindings): void {
  for (const { name } of syntheticTargets) {
    const slope = (factors[name] ?? 1) / 8e4;
    const fixed = 60 / (factors[name] ?? 1) ** 3;
    const usd = (requests: number) => fixed + requests * slope;
    findings.draw({
      id: 'total',
      target: name,
      title: 'Monthly bill',
      x: { title: 'Requests per month', unit: 'count', log: true },
      y: { title: 'Monthly bill', unit: 'USD/month', log: true },
      points: traffic.map((x) => ({ x, y: usd(x), low: usd(x) * 0.85, high: usd(x) * 1.2 })),
    });
  }
}

function tellFaults(findings: PartFindings): void {
  for (const { name } of syntheticTargets) {
    findings.fact({
      target: name,
      subject: 'catalog killed',
      text: name === 'hybrid' ? 'browse failed' : 'browse, log in and order still answer',
      ok: name !== 'hybrid',
    });
  }
}

/** Data of a whole run with invented numbers, labelled as such. For tests only. */
export function syntheticData(): ReportData {
  const found = PART_IDS.map(findingsOf);
  for (const findings of found) {
    if (findings.part === 'cost') drawBill(findings);
    if (findings.part === 'faults') tellFaults(findings);
    if (findings.part === 'latency') {
      findings.figure({
        ...{ what: 'noise/p50', title: 'Noise control', value: 0.9, unit: 'ms' },
        sampled: { n: 400, spread: { kind: 'ci95', low: 0.88, high: 0.92 } },
        ...{ origin: 'invented for tests', better: 'lower' },
      });
    }
    if (findings.part === 'idle') {
      findings.addMissing({
        target: 'microservices',
        what: 'time to zero',
        why: 'its 4 services never stop',
      });
    }
    if (findings.part === 'shoot-outs') {
      findings.figure({
        ...{
          what: 'adapter/routing',
          title: 'serverless-http around routing, over a plain handler',
        },
        ...{ value: 3.9, unit: 'ratio', origin: 'invented for tests', better: 'lower' },
        sampled: { n: 40, spread: { kind: 'iqr', low: 3.7, high: 4.2 } },
      });
      findings.addMissing({ what: 'all shoot-outs', why: 'invented data has none' });
    }
  }
  return {
    ...structuredClone(syntheticRun),
    targets: [...syntheticTargets],
    parts: PART_IDS.map((id) => ({
      id,
      state: id === 'shoot-outs' ? 'not-run' : 'done',
      seconds: 1,
    })),
    figures: found.flatMap(({ figures }) => figures),
    series: found.flatMap(({ series }) => series),
    facts: found.flatMap(({ facts }) => facts),
    missing: found.flatMap(({ missing }) => missing),
  };
}
