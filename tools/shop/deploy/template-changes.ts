import type { Template, TemplateResource } from './ports.ts';

export interface ChangedResource {
  readonly id: string;
  readonly type: string;
  /** The properties that differ; empty if only metadata, dependencies or policies do. */
  readonly properties: readonly string[];
}

/** What a deployment would change in one stack. */
export interface StackChanges {
  readonly stack: string;
  readonly kind: 'create' | 'update' | 'unchanged' | 'delete';
  readonly added: readonly ChangedResource[];
  readonly changed: readonly ChangedResource[];
  readonly removed: readonly ChangedResource[];
}

/**
 * Compares a deployed template with the one to deploy.
 * @param before undefined if the stack does not exist
 * @param after undefined if the stack is deleted
 */
export function stackChanges(
  stack: string,
  before: Template | undefined,
  after: Template | undefined,
): StackChanges {
  const old = before?.Resources ?? {};
  const next = after?.Resources ?? {};
  const added: ChangedResource[] = [];
  const changed: ChangedResource[] = [];
  for (const [id, resource] of Object.entries(next)) {
    const was = old[id];
    if (!was || was.Type !== resource.Type) {
      added.push({ id, type: resource.Type, properties: [] });
    } else if (!same(relevant(was), relevant(resource))) {
      changed.push({ id, type: resource.Type, properties: changedProperties(was, resource) });
    }
  }
  const removed = Object.entries(old)
    .filter(([id, { Type }]) => next[id]?.Type !== Type)
    .map(([id, { Type }]) => ({ id, type: Type, properties: [] }));
  const touched = added.length + changed.length + removed.length > 0;
  const outputs = !same(before?.Outputs ?? {}, after?.Outputs ?? {});
  const updated = touched || outputs ? 'update' : 'unchanged';
  const kind = after ? (before ? updated : 'create') : 'delete';
  return { stack, kind, added, changed, removed };
}

/** Without metadata: changed metadata alone changes nothing that runs. */
function relevant({ Metadata: _, ...rest }: TemplateResource): object {
  return rest;
}

function changedProperties(was: TemplateResource, now: TemplateResource): string[] {
  const names = new Set([
    ...Object.keys(was.Properties ?? {}),
    ...Object.keys(now.Properties ?? {}),
  ]);
  return [...names].filter((name) => !same(was.Properties?.[name], now.Properties?.[name])).sort();
}

/** Whether two values are equal, whatever the order of their keys. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Plain names of the types that an operator wants to see; the others are counted together. */
const NOTABLE: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'AWS::ECS::Service': ['container service', 'container services'],
  'AWS::Lambda::Function': ['function', 'functions'],
  'AWS::Lambda::WebFunction': ['Web Function', 'Web Functions'],
  'AWS::Lambda::WebFunctionRevision': ['revision of a Web Function', 'revisions of Web Functions'],
  'AWS::Lambda::Url': ['function URL', 'function URLs'],
  'AWS::DynamoDB::Table': ['table', 'tables'],
  'AWS::S3::Bucket': ['bucket', 'buckets'],
  'AWS::SQS::Queue': ['queue', 'queues'],
  'AWS::Events::EventBus': ['event bus', 'event buses'],
  'AWS::SecretsManager::Secret': ['secret', 'secrets'],
  'AWS::EC2::VPC': ['VPC', 'VPCs'],
  'AWS::EC2::NatGateway': ['NAT gateway', 'NAT gateways'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['load balancer', 'load balancers'],
  'AWS::ApiGatewayV2::Api': ['HTTP API', 'HTTP APIs'],
  'AWS::ApiGateway::RestApi': ['REST API', 'REST APIs'],
  'AWS::CloudFront::Distribution': ['CDN distribution', 'CDN distributions'],
  'AWS::StepFunctions::StateMachine': ['state machine', 'state machines'],
  'AWS::CloudWatch::Alarm': ['alarm', 'alarms'],
  'AWS::CloudWatch::Dashboard': ['dashboard', 'dashboards'],
  'AWS::Budgets::Budget': ['budget', 'budgets'],
  'AWS::SNS::Topic': ['topic', 'topics'],
  'AWS::IAM::Role': ['role', 'roles'],
};

/** `2 tables, 4 queues, 9 other resources`; types in the order above. */
export function countTypes(types: readonly string[]): string {
  const counted = Object.entries(NOTABLE).flatMap(([type, [one, many]]) => {
    const count = types.filter((other) => other === type).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const others = types.filter((type) => !(type in NOTABLE)).length;
  if (others > 0) counted.push(`${others} other ${others === 1 ? 'resource' : 'resources'}`);
  return counted.join(', ');
}
