import type { Variant } from '@triptych/base/variants';

/** A copy of a variant: a second copy in the same account has its own stage. */
export interface Deployment {
  readonly variant: Variant;
  readonly stage?: string;
}

/** A resource in a template, as far as these commands read it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: unknown;
  readonly DeletionPolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** A stack as CloudFormation describes it. */
export interface DeployedStack {
  readonly name: string;
  /** Its ARN. CloudFormation still describes a deleted stack by its ARN. */
  readonly id: string;
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** When it was created or last updated. */
  readonly changedAt?: Date;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
}

export interface StackEvent {
  readonly id: string;
  readonly at: Date;
  readonly logicalId: string;
  /** Empty before a resource is made. */
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** CloudFormation in one account and region, and what a deletion needs of S3 and of the tags. */
export interface Stacks {
  /** All stacks of the region that are not deleted. */
  list(): Promise<DeployedStack[]>;
  /** By name or ARN; undefined if it does not exist or is deleted. */
  find(name: string): Promise<DeployedStack | undefined>;
  /** Stacks with this start of their names that were deleted in the last 90 days, oldest first. */
  deleted(prefix: string): Promise<DeployedStack[]>;
  template(name: string): Promise<Template>;
  resources(name: string): Promise<StackResource[]>;
  /** The newest events first, at most a few hundred; by name, or by ARN also of a deleted stack. */
  events(name: string): Promise<StackEvent[]>;
  /** Starts a deletion. */
  delete(name: string): Promise<void>;
  /** Starts an update with new tags. @returns false when the template and the tags are those of the stack */
  update(
    name: string,
    template: Template,
    tags: Readonly<Record<string, string>>,
  ): Promise<boolean>;
  /** Deletes every object, version and unfinished upload of a bucket. @returns how many; 0 without such a bucket */
  emptyBucket(bucket: string): Promise<number>;
  /** Whether an object exists. */
  hasObject(bucket: string, key: string): Promise<boolean>;
  putObject(bucket: string, key: string, content: Uint8Array): Promise<void>;
  /** ARNs and tags of all resources with these tags. Resources without a region are listed only in us-east-1. */
  tagged(tags: Readonly<Record<string, string>>): Promise<TaggedResource[]>;
}

export interface TaggedResource {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Small texts by name that outlive a deployment: SSM parameters. */
export interface Notes {
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** Names that start with the prefix. */
  list(prefix: string): Promise<string[]>;
  delete(name: string): Promise<void>;
}

/** What a deployment requires of an account. */
export interface AccountFacts {
  readonly region: string;
  /** @throws Error when there are no valid credentials */
  identity(): Promise<{ readonly account: string; readonly arn: string }>;
  /** Version of the CDK's bootstrap stack, or undefined if the region is not bootstrapped. */
  bootstrapVersion(): Promise<number | undefined>;
  /** The applied value of a quota. @throws Error where Service Quotas cannot answer */
  quota(service: string, code: string): Promise<number>;
}

export interface Alarm {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
  readonly since?: Date;
}

export interface MetricQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly region?: string;
}

/** The running system, as `status` reads it. */
export interface Watch {
  alarms(names: readonly string[]): Promise<Alarm[]>;
  /** Approximate numbers of messages. */
  queueDepth(url: string): Promise<{ waiting: number; inFlight: number; delayed: number }>;
  /** Sum of a metric from one time to another; 0 without data. */
  metricSum(query: MetricQuery, from: Date, to: Date): Promise<number>;
  /** Which of the tags are active cost allocation tags. */
  activeCostTags(keys: readonly string[]): Promise<string[]>;
  /** Unblended cost of the resources with these tags, in USD, in [from, to), dates in UTC as 2026-11-30. */
  billed(tags: Readonly<Record<string, string>>, from: string, to: string): Promise<number>;
}
