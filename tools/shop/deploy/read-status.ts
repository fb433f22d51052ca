import type { Variant } from '@triptych/base/variants';
import { ownedStacks, TAGS } from './owned-stacks.ts';
import type {
  Alarm,
  DeployedStack,
  Deployment,
  MetricQuery,
  StackResource,
  Stacks,
  Watch,
} from './ports.ts';
import { askHealth, type Health } from './wait-until-healthy.ts';

export interface QueueDepth {
  readonly name: string;
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** Everything that `npm run status` shows, apart from costs. */
export interface Status {
  readonly stacks: readonly DeployedStack[];
  readonly baseUrl?: string;
  readonly health: readonly Health[];
  readonly alarms: readonly Alarm[];
  readonly queues: readonly QueueDepth[];
  /** Requests since midnight UTC, or undefined without an edge that counts them. */
  readonly requestsToday?: number;
}

/** Reads the state of a deployment. Without stacks, everything is empty. */
export async function readStatus(
  { stacks, watch, now }: { stacks: Stacks; watch: Watch; now: Date },
  owner: Deployment,
  call: typeof fetch = fetch,
): Promise<Status> {
  const owned = (await ownedStacks(stacks, owner)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const resources = (
    await Promise.all(
      owned.map(async ({ name: stack }) =>
        (await stacks.resources(stack)).map((resource) => ({ ...resource, stack })),
      ),
    )
  ).flat();
  const baseUrl = baseUrlOf(owned);
  const requestsToday = await countRequests(watch, owner.variant, resources, now);
  return {
    stacks: owned,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    health: baseUrl === undefined ? [] : await askHealth(baseUrl, call),
    alarms: await readAlarms(watch, resources),
    queues: await readQueues(watch, resources),
    ...(requestsToday === undefined ? {} : { requestsToday }),
  };
}

/** The base URL in the outputs of a deployment's stacks. */
export function baseUrlOf(stacks: readonly DeployedStack[]): string | undefined {
  return stacks.map(({ outputs }) => outputs.BaseUrl).find((url) => url !== undefined);
}

function idsOf(resources: readonly StackResource[], type: string): string[] {
  return resources
    .filter((one) => one.type === type && one.physicalId)
    .map((one) => one.physicalId);
}

async function readAlarms(watch: Watch, resources: readonly StackResource[]): Promise<Alarm[]> {
  const names = idsOf(resources, 'AWS::CloudWatch::Alarm');
  return names.length === 0 ? [] : watch.alarms(names);
}

function readQueues(watch: Watch, resources: readonly StackResource[]): Promise<QueueDepth[]> {
  const queues = resources.filter(
    ({ type, physicalId }) => type === 'AWS::SQS::Queue' && physicalId,
  );
  return Promise.all(
    queues.map(async ({ logicalId, physicalId }) => ({
      // Without the hash that the CDK appends.
      name: logicalId.replace(/[0-9A-F]{8}$/, ''),
      ...(await watch.queueDepth(physicalId)),
    })),
  );
}

interface OwnedResource extends StackResource {
  /** The name of its stack. */
  readonly stack: string;
}

/** The metric that counts the requests at a variant's edge. */
function edgeMetric(
  variant: Variant,
  resources: readonly OwnedResource[],
): MetricQuery | undefined {
  const [cdn] = idsOf(resources, 'AWS::CloudFront::Distribution');
  if (variant === 'hybrid' && cdn) {
    return {
      namespace: 'AWS/CloudFront',
      name: 'Requests',
      dimensions: { DistributionId: cdn, Region: 'Global' },
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
      region: 'us-east-1',
    };
  }
  const [balancer] = idsOf(resources, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  if (balancer) {
    // The dimension is the last part of the ARN: app/name/id.
    const LoadBalancer = balancer.replace(/^.*:loadbalancer\//, '');
    return { namespace: 'AWS/ApplicationELB', name: 'RequestCount', dimensions: { LoadBalancer } };
  }
  const rest = resources.find(({ type }) => type === 'AWS::ApiGateway::RestApi');
  if (rest) {
    // infra names a REST API like its stack. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
    return { namespace: 'AWS/ApiGateway', name: 'Count', dimensions: { ApiName: rest.stack } };
  }
  const [api] = idsOf(resources, 'AWS::ApiGatewayV2::Api');
  if (api) return { namespace: 'AWS/ApiGateway', name: 'Count', dimensions: { ApiId: api } };
  return undefined;
}

async function countRequests(
  watch: Watch,
  variant: Variant,
  resources: readonly OwnedResource[],
  now: Date,
): Promise<number | undefined> {
  const metric = edgeMetric(variant, resources);
  return metric === undefined ? undefined : watch.metricSum(metric, midnight(now), now);
}

/** Midnight UTC before a time. */
export function midnight(now: Date): Date {
  return new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
}

/** The version that a stack runs, according to its tag. */
export function versionOf({ tags }: DeployedStack): string {
  return tags[TAGS.version] ?? 'unknown';
}
