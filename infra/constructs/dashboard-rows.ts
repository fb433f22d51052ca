import { Duration } from 'aws-cdk-lib';
import {
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { HttpCodeElb, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Settings } from '../settings.ts';
import { runningTasks } from './dashboard-metrics.ts';
import { estimatedCost } from './estimated-cost.ts';
import { provisionedAlias } from './function-release.ts';
import type { Observed } from './observed.ts';

/** A row of a dashboard: a heading, and widgets side by side. */
export interface Row {
  readonly title: string;
  readonly widgets: readonly IWidget[];
}

const PERCENTILES = [Stats.p(50), Stats.p(95), Stats.p(99)];
const MINUTE = Duration.minutes(1);

/** The rows of every variant's dashboard. The titles and their order are the same in all, so that they can be compared. */
export function dashboardRows(observed: Observed, settings: Settings): Row[] {
  const { queues, deadLetters } = observed;
  return [
    { title: 'Traffic', widgets: [graph('Requests per minute', traffic(observed))] },
    { title: 'Errors', widgets: errors(observed) },
    { title: 'Latency', widgets: latency(observed) },
    { title: 'Cold starts', widgets: [coldStarts(observed), ...provisioned(observed, settings)] },
    {
      title: 'Queue age',
      widgets: [
        graph(
          'Age of the oldest message, seconds',
          queues.map(({ name, of }) =>
            of.metricApproximateAgeOfOldestMessage({ label: name, statistic: 'Maximum' }),
          ),
        ),
      ],
    },
    {
      title: 'Dead letters',
      widgets: [
        graph(
          'Messages in dead-letter queues',
          deadLetters.map(({ name, of }) =>
            of.metricApproximateNumberOfMessagesVisible({ label: name, statistic: 'Maximum' }),
          ),
        ),
      ],
    },
    { title: 'Tasks', widgets: [graph('Tasks, and functions at work', running(observed))] },
    {
      title: 'Estimated cost',
      widgets: [
        new GraphWidget({
          title: 'USD per hour at list prices of us-east-1: compute and entry only',
          left: estimatedCost(observed, settings),
          stacked: true,
          width: 24,
        }),
      ],
    },
    { title: 'Logs', widgets: logs(observed) },
  ];
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 24 });
}

function traffic({ apis, loadBalancers, cdns }: Observed): IMetric[] {
  const perMinute = { period: MINUTE, statistic: Stats.SUM };
  return [
    ...cdns.map((cdn) => cdn.metricRequests({ ...perMinute, label: 'CDN' })),
    ...apis.map((api) => api.metricCount({ ...perMinute, label: 'API' })),
    ...loadBalancers.map(({ metrics }) =>
      metrics.requestCount({ ...perMinute, label: 'Load balancer' }),
    ),
  ];
}

function errors({ apis, loadBalancers, cdns, functions }: Observed): IWidget[] {
  const answers: IMetric[] = [
    ...apis.flatMap((api) => [
      api.metricServerError({ label: 'API 5xx', statistic: Stats.SUM }),
      api.metricClientError({ label: 'API 4xx', statistic: Stats.SUM }),
    ]),
    ...loadBalancers.flatMap(({ metrics }) => [
      metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { label: 'Services 5xx' }),
      metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, { label: 'Load balancer 5xx' }),
      metrics.httpCodeTarget(HttpCodeTarget.TARGET_4XX_COUNT, { label: 'Services 4xx' }),
    ]),
  ];
  const rates = cdns.map((cdn) => cdn.metric5xxErrorRate({ label: 'CDN 5xx, %' }));
  const failed = functions.flatMap(({ name, of }) => [
    of.metricErrors({ label: `${name} errors` }),
    of.metricThrottles({ label: `${name} throttles` }),
  ]);
  return [
    new GraphWidget({ title: 'Responses with an error', left: answers, right: rates, width: 12 }),
    failed.length > 0
      ? new GraphWidget({ title: 'Failed and throttled invocations', left: failed, width: 12 })
      : text('There are no functions in this variant.', 12),
  ];
}

function latency({ apis, loadBalancers, functions }: Observed): IWidget[] {
  const entry = PERCENTILES.flatMap((statistic): IMetric[] => [
    ...apis.map((api) => api.metricLatency({ statistic, label: `API ${statistic}, ms` })),
    ...loadBalancers.map(({ metrics }) =>
      metrics.targetResponseTime({ statistic, label: `Services ${statistic}, s` }),
    ),
  ]);
  const invocations = functions.map(({ name, of }) =>
    of.metricDuration({ statistic: Stats.p(95), label: `${name} p95, ms` }),
  );
  return [
    entry.length > 0
      ? new GraphWidget({ title: 'Time to answer', left: entry, width: 12 })
      : text('Express Mode has the load balancer; its own page shows the latency.', 12),
    invocations.length > 0
      ? new GraphWidget({ title: 'Duration of invocations', left: invocations, width: 12 })
      : text('There are no functions in this variant.', 12),
  ];
}

function coldStarts({ functions, logs }: Observed): IWidget {
  const own = logs.filter(({ node }) => /^(Http|Worker)Logs$/.test(node.id));
  if (functions.length === 0) {
    return text(
      'A container gets requests only after it is ready, so no request waits for a start. New tasks appear under Tasks.',
      24,
    );
  }
  return query('Cold starts and invocations', own, LogQueryVisualizationType.LINE, [
    'filter @type = "REPORT"',
    'stats count(@initDuration) as coldStarts, count(*) as invocations, max(@initDuration) as slowestInitMs by bin(5m)',
  ]);
}

/** How much of the provisioned sandboxes is used, and the invocations that found all of them busy. */
function provisioned({ functions }: Observed, settings: Settings): IWidget[] {
  const aliases = functions.flatMap(({ name, of }) => {
    const alias = provisionedAlias(of, settings);
    return alias ? [{ name, alias }] : [];
  });
  if (aliases.length === 0) return [];
  return [
    new GraphWidget({
      title: 'Provisioned sandboxes: share in use, and invocations beyond them',
      left: aliases.map(({ name, alias }) =>
        alias.metric('ProvisionedConcurrencyUtilization', {
          label: `${name} in use`,
          statistic: Stats.MAXIMUM,
        }),
      ),
      right: aliases.map(({ name, alias }) =>
        alias.metric('ProvisionedConcurrencySpilloverInvocations', {
          label: `${name} beyond`,
          statistic: Stats.SUM,
        }),
      ),
      width: 24,
    }),
  ];
}

function running({ services, functions }: Observed): IMetric[] {
  return [
    ...services.map(({ name, of }) => runningTasks(of, MINUTE).with({ label: name })),
    ...functions.map(({ name, of }) =>
      of.metric('ConcurrentExecutions', { label: name, statistic: Stats.MAXIMUM }),
    ),
  ];
}

/** Each query reads only what is in the dashboard's time range. CloudWatch charges for the bytes that it reads. */
function logs({ logs }: Observed): IWidget[] {
  return [
    query('Warnings and errors by message', logs, LogQueryVisualizationType.TABLE, [
      'filter level in ["warn", "error", "fatal"]',
      'stats count(*) as lines, latest(@timestamp) as last by service, level, msg, err.code',
      'sort lines desc',
      'limit 20',
    ]),
    query('Slowest spans', logs, LogQueryVisualizationType.TABLE, [
      'filter msg = "span"',
      'stats count(*) as spans, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99, max(durationMs) as slowest by service, name',
      'sort p99 desc',
      'limit 20',
    ]),
  ];
}

function query(
  title: string,
  logGroups: readonly LogGroup[],
  view: LogQueryVisualizationType,
  queryLines: string[],
): LogQueryWidget {
  const width = view === LogQueryVisualizationType.TABLE ? 12 : 24;
  const logGroupNames = logGroups.map(({ logGroupName }) => logGroupName);
  return new LogQueryWidget({ title, logGroupNames, view, queryLines, width });
}

function text(markdown: string, width: number): TextWidget {
  return new TextWidget({ markdown, width, height: 6 });
}
