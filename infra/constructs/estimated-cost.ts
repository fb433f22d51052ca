import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnExpressGatewayService,
  type FargateService,
  type FargateTaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from '../settings.ts';
import { runningTasks } from './dashboard-metrics.ts';
import { DASHBOARD_PRICES as USD } from './dashboard-prices.ts';
import { provisionedAlias } from './function-release.ts';
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
  /** Another factor for a share of the metric: `part` divided by `whole`. */
  readonly cheaper?: {
    readonly part: IMetric;
    readonly whole: IMetric;
    readonly usdPerUnit: number;
  };
}

function sum(label: string, terms: readonly Term[], fixedUsd = 0): IMetric[] {
  if (terms.length === 0) return [];
  // The ids of one widget must differ, and begin with a small letter.
  const prefix = label.toLowerCase().replaceAll(/[^a-z]/g, '');
  const usingMetrics = Object.assign(
    {},
    ...terms.map(({ metric, cheaper }, index) => ({
      [`${prefix}${index}`]: metric,
      ...(cheaper && {
        [`${prefix}${index}part`]: cheaper.part,
        [`${prefix}${index}whole`]: cheaper.whole,
      }),
    })),
  );
  const products = terms.map((term, index) => product(`${prefix}${index}`, term));
  const expression = [...products, ...(fixedUsd > 0 ? [fixedUsd.toPrecision(6)] : [])].join('+');
  return [new MathExpression({ expression, label, usingMetrics, period: HOUR.period })];
}

function product(id: string, { usdPerUnit, cheaper }: Term): string {
  const usd = usdPerUnit.toPrecision(6);
  if (!cheaper) return `FILL(${id},0)*${usd}`;
  const saving = (usdPerUnit - cheaper.usdPerUnit).toPrecision(6);
  return `FILL(${id},0)*(${usd}-${saving}*FILL(${id}part/${id}whole,0))`;
}

/**
 * Provisioned sandboxes cost the same at any traffic. Invocations that they serve have a cheaper duration.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 */
function functions({ functions }: Observed, settings: Settings): IMetric[] {
  const { architecture, provisionedConcurrency } = settings;
  // Duration is in milliseconds.
  const usdPerMs = (gb: number, price: number) => (gb * price) / 1000;
  let provisionedUsd = 0;
  const terms = functions.flatMap(({ of }): Term[] => {
    const { memorySize = 128 } = of.node.defaultChild as CfnFunction;
    const gb = memorySize / 1024;
    const alias = provisionedAlias(of, settings);
    if (alias) {
      provisionedUsd +=
        provisionedConcurrency * gb * 3600 * USD[`lambda-provisioned-${architecture}`];
    }
    return [
      { metric: of.metricInvocations(HOUR), usdPerUnit: USD['lambda-requests'] },
      {
        metric: of.metricDuration(HOUR),
        usdPerUnit: usdPerMs(gb, USD[`lambda-gb-seconds-${architecture}`]),
        ...(alias && {
          cheaper: {
            part: alias.metric('ProvisionedConcurrencyInvocations', HOUR),
            whole: of.metricInvocations(HOUR),
            usdPerUnit: usdPerMs(gb, USD[`lambda-provisioned-duration-${architecture}`]),
          },
        }),
      },
    ];
  });
  return sum('Functions', terms, provisionedUsd);
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
    const { cpu, memoryMiB } = sizeOfTask(of);
    const usdPerTask =
      (cpu / 1024) * USD[`fargate-vcpu-hours-${architecture}`] +
      (memoryMiB / 1024) * USD[`fargate-gb-hours-${architecture}`] +
      PUBLIC_ADDRESS_PER_TASK * USD['public-ipv4-hours'];
    // One sample per task and minute: 60 in an hour.
    return { metric: runningTasks(of, Duration.hours(1)), usdPerUnit: usdPerTask / 60 };
  });
  return sum('Tasks', terms);
}

function sizeOfTask(of: FargateService | CfnExpressGatewayService) {
  if (!(of instanceof CfnExpressGatewayService)) return of.taskDefinition as FargateTaskDefinition;
  return { cpu: Number(of.cpu), memoryMiB: Number(of.memory) };
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
