import type { CreatedResource } from '../kernel.ts';

/** A resource of a deployed stack. */
export interface DeployedResource {
  readonly type: string;
  readonly created: CreatedResource;
  readonly createdAt: Date;
  status: ResourceStatus;
}

export type ResourceStatus = 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED';

/** A status change of a resource or of the stack itself, with AWS's member names. */
export interface StackEvent {
  readonly EventId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly Timestamp: Date;
  readonly ResourceStatus: ResourceStatus;
  readonly ResourceStatusReason?: string;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** A stack, complete or partly created. */
export interface DeployedStack {
  readonly name: string;
  readonly id: string;
  readonly createdAt: Date;
  status: ResourceStatus;
  /** The reason of a failure. */
  reason?: string;
  /** By logical id, in order of creation. */
  readonly resources: Map<string, DeployedResource>;
  outputs: readonly StackOutput[];
  /** Names of the exports of other stacks that this one uses. */
  readonly imports: Set<string>;
  /** In the order in which they happened. */
  readonly events: StackEvent[];
}
