import type { CreatedResource } from '../kernel.ts';

/** A resource of a deployed stack. */
export interface DeployedResource {
  readonly type: string;
  readonly created: CreatedResource;
  readonly createdAt: Date;
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
  status: 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED';
  /** The reason of a failure. */
  reason?: string;
  /** By logical id, in order of creation. */
  readonly resources: Map<string, DeployedResource>;
  outputs: readonly StackOutput[];
}
