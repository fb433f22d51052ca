import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  ListCostAllocationTagsCommand,
} from '@aws-sdk/client-cost-explorer';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Alarm, MetricQuery, Watch } from '../ports.ts';

/** DescribeAlarms takes at most 100 names. */
const NAMES_PER_CALL = 100;
const HOUR_SECONDS = 3600;
/** Cost Explorer has one endpoint (https://docs.aws.amazon.com/general/latest/gr/billing.html). */
const BILLING_REGION = 'us-east-1';

/** Alarms, queues, metrics and costs of the account that the environment's credentials belong to. */
export function cloudWatchWatch(region: string): Watch & { close(): void } {
  const clients = new Map([[region, new CloudWatchClient({ region })]]);
  const cloudWatch = (at: string) => {
    const client = clients.get(at) ?? new CloudWatchClient({ region: at });
    clients.set(at, client);
    return client;
  };
  // The URL of a queue holds the endpoint, except in an emulator.
  const sqs = new SQSClient({ region, useQueueUrlAsEndpoint: false });
  const costs = new CostExplorerClient({ region: BILLING_REGION });
  return {
    alarms: (names) => describeAlarms(cloudWatch(region), names),
    queueDepth: (url) => queueDepth(sqs, url),
    metricSum: (query, from, to) => metricSum(cloudWatch(query.region ?? region), query, from, to),
    async activeCostTags(TagKeys) {
      const { CostAllocationTags = [] } = await costs.send(
        new ListCostAllocationTagsCommand({ TagKeys: [...TagKeys], Status: 'Active' }),
      );
      return CostAllocationTags.map(({ TagKey = '' }) => TagKey);
    },
    async billed(tags, Start, End) {
      const filters = Object.entries(tags).map(([Key, Value]) => ({
        Tags: { Key, Values: [Value] },
      }));
      const [only] = filters;
      const { ResultsByTime = [] } = await costs.send(
        new GetCostAndUsageCommand({
          TimePeriod: { Start, End },
          Granularity: 'DAILY',
          Metrics: ['UnblendedCost'],
          Filter: filters.length === 1 && only ? only : { And: filters },
        }),
      );
      const amounts = ResultsByTime.map(({ Total }) => Number(Total?.UnblendedCost?.Amount ?? 0));
      return amounts.reduce((sum, usd) => sum + usd, 0);
    },
    close: () => {
      for (const one of [...clients.values(), sqs, costs]) one.destroy();
    },
  };
}

async function describeAlarms(
  client: CloudWatchClient,
  names: readonly string[],
): Promise<Alarm[]> {
  const found: Alarm[] = [];
  for (let at = 0; at < names.length; at += NAMES_PER_CALL) {
    const AlarmNames = names.slice(at, at + NAMES_PER_CALL);
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmNames })) {
      for (const one of MetricAlarms) {
        found.push({
          name: one.AlarmName ?? '',
          state: one.StateValue ?? '',
          reason: one.AlarmDescription ?? one.StateReason ?? '',
          ...(one.StateUpdatedTimestamp ? { since: one.StateUpdatedTimestamp } : {}),
        });
      }
    }
  }
  return found;
}

async function queueDepth(sqs: SQSClient, QueueUrl: string) {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}

async function metricSum(
  client: CloudWatchClient,
  { namespace, name, dimensions }: MetricQuery,
  StartTime: Date,
  EndTime: Date,
): Promise<number> {
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime,
      EndTime,
      Period: HOUR_SECONDS,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
}
