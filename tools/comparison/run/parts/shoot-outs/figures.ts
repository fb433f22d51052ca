import type { NewFigure } from '../../../data/index.ts';
import type { Spread } from '../../../statistics/index.ts';

/** A benchmark that compares several ways to do the same thing. */
export interface ShootOut {
  /** Name of the benchmark in `npm run bench -- --only`. */
  readonly benchmark: string;
  /** First part of the figure keys. */
  readonly group: string;
  readonly title: string;
  /** Name of the benchmark's main subject. */
  readonly subject: string;
  readonly baseline: string;
}

export const SHOOT_OUTS: readonly ShootOut[] = [
  {
    benchmark: 'lambda-adapter',
    group: 'adapter',
    title: 'Adapters between Lambda and Fastify',
    subject: 'as-deployed',
    baseline: 'a plain handler with the same answer',
  },
  {
    benchmark: 'sdk-call',
    group: 'sdk',
    title: 'Ways to call DynamoDB',
    subject: 'client',
    baseline: 'a plain node:http request, signed once',
  },
];

/** A benchmark's findings, as written by `--json`. */
export interface BenchmarkFindings {
  readonly ratio: Spread;
  readonly control: Spread;
  readonly alsoOverBaseline?: readonly { name?: string; label: string; spread: Spread }[];
  readonly costs: readonly { label: string; spread: Spread }[];
  readonly unit: string;
}

/** Returns the named ratios, the A/A control and the cost of the baseline. */
export function shootOutFigures(
  { benchmark, group, title, subject, baseline }: ShootOut,
  found: BenchmarkFindings,
  share: number,
): NewFigure[] {
  const origin = `CPU time of the process under measurement, npm run bench -- --only ${benchmark} --rounds ${found.ratio.n} --share ${share}; median of the rounds, which interleave all subjects`;
  const sampled = ({ n, q1, q3 }: Spread) => ({
    n,
    spread: { kind: 'iqr' as const, low: q1, high: q3 },
  });
  const ratio = (name: string, label: string, spread: Spread): NewFigure => ({
    what: `${group}/${name}`,
    title: `${label}, relative to ${baseline}`,
    value: spread.median,
    unit: 'ratio',
    sampled: sampled(spread),
    origin,
    better: 'lower',
  });
  const cost = found.costs.at(-1);
  return [
    ratio(subject, found.costs[0]?.label ?? subject, found.ratio),
    ...(found.alsoOverBaseline ?? []).flatMap(({ name, label, spread }) =>
      name === undefined ? [] : [ratio(name, label, spread)],
    ),
    ratio('control', 'The baseline against itself (machine noise)', found.control),
    ...(cost
      ? [
          {
            what: `${group}/baseline`,
            title: `${title}: ${cost.label}`,
            value: cost.spread.median,
            unit: found.unit,
            sampled: sampled(cost.spread),
            origin,
            better: 'lower' as const,
          },
        ]
      : []),
  ];
}
