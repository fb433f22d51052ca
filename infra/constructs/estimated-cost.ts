import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from '../settings.ts';
import { runningTasks } from './dashboard-metrics.ts';
import { DASHBOARD_PRICES as USD } from './dashboard-prices.ts';
import type { Observed } from './observed.ts';

const HOUR = { period: Duration.hours(1), statistic: 'Sum' };
const PUBLIC_ADDRESS_PER_TASK = 1;

/**
 * The cost of what answers requests, in USD per hour, as expressions over metrics. Storage, messages, logs, transfer and
 * the cold starts of functions are not in it: `npm run estimate` has the whole bill.
 */
export function estimatedCost(observed: Observed, settings: Settings): IMetric[] {
  return [
    ...functions(observed, settings),
    ...apis(observed, settings),
    ...tasks(observed, settings),
    ...loadBalancers(observed),
    ...cdns(observed),
  ];
}

/** One term of a sum: the factor that turns a metric into USD. */
interface Term {
  readonly metric: IMetric;
  readonly usdPerUnit: number;
}

function sum(label: string, terms: readonly Term[], fixedUsd = 0): IMetric[] {
  if (terms.length === 0) return [];
  // The ids of one widget must differ, and begin with a small letter.
  const prefix = label.toLowerCase().replaceAll(/[^a-z]/g, '');
  const usingMetrics = Object.fromEntries(
    terms.map(({ metric }, index) => [`${prefix}${index}`, metric]),
  );
  const products = terms.map(
    ({ usdPerUnit }, index) => `FILL(${prefix}${index},0)*${usdPerUnit.toPrecision(6)}`,
  );
  const expression = [...products, ...(fixedUsd > 0 ? [fixedUsd.toString()] : [])].join('+');
  return [new MathExpression({ expression, label, usingMetrics, period: HOUR.period })];
}

function functions({ functions }: Observed, { architecture }: Settings): IMetric[] {
  const usdPerGbSecond = USD[`lambda-gb-seconds-${architecture}`];
  const terms = functions.flatMap(({ of }): Term[] => {
    const { memorySize = 128 } = of.node.defaultChild as CfnFunction;
    return [
      { metric: of.metricInvocations(HOUR), usdPerUnit: USD['lambda-requests'] },
      // Duration is in milliseconds.
      {
        metric: of.metricDuration(HOUR),
        usdPerUnit: ((memorySize / 1024) * usdPerGbSecond) / 1000,
      },
    ];
  });
  return sum('Functions', terms);
}

function apis({ apis }: Observed, { front }: Settings): IMetric[] {
  const usdPerUnit = USD[`${front}-requests`];
  return sum(
    'API',
    apis.map((api) => ({ metric: api.metricCount(HOUR), usdPerUnit })),
  );
}

function tasks({ services }: Observed, { architecture }: Settings): IMetric[] {
  const terms = services.map(({ of }): Term => {
    const { cpu, memoryMiB } = of.taskDefinition as FargateTaskDefinition;
    const usdPerTask =
      (cpu / 1024) * USD[`fargate-vcpu-hours-${architecture}`] +
      (memoryMiB / 1024) * USD[`fargate-gb-hours-${architecture}`] +
      PUBLIC_ADDRESS_PER_TASK * USD['public-ipv4-hours'];
    // One sample per task and minute: 60 in an hour.
    return { metric: runningTasks(of, Duration.hours(1)), usdPerUnit: usdPerTask / 60 };
  });
  return sum('Tasks', terms);
}

function loadBalancers({ loadBalancers }: Observed): IMetric[] {
  const terms = loadBalancers.map(({ metrics }) => ({
    metric: metrics.consumedLCUs({ ...HOUR, statistic: 'Average' }),
    usdPerUnit: USD['load-balancer-units'],
  }));
  return sum('Load balancer', terms, loadBalancers.length * USD['load-balancer-hours']);
}

function cdns({ cdns }: Observed): IMetric[] {
  return sum(
    'CDN',
    cdns.map((cdn) => ({ metric: cdn.metricRequests(HOUR), usdPerUnit: USD['cdn-requests'] })),
  );
}
