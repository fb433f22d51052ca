import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateDescribeStacks,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { UserError } from '@triptych/base/user-error';

/** A stack as LocalStack lists it. */
export interface StackState {
  readonly name: string;
  readonly status: string;
}

/** The stack that `cdk bootstrap` makes. */
export const bootstrapStack = 'CDKToolkit';

const whole = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
const deleteTimeoutMs = 2 * 60_000;
const pollMs = 300;

/** Stacks that an earlier deployment did not bring to an end: rolled back, failed, or still at work. */
export function halfFinished(stacks: readonly StackState[]): StackState[] {
  return stacks.filter(({ status }) => !whole.has(status));
}

/** These stacks and all that came after them: what they know of a stack is wrong once it is made anew. */
export function withDependents(
  names: Iterable<string>,
  stacks: readonly { readonly name: string; readonly dependencies: readonly string[] }[],
): string[] {
  const found = new Set(names);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const { name, dependencies } of stacks) {
      if (dependencies.some((one) => found.has(one))) found.add(name);
    }
  }
  return stacks.map(({ name }) => name).filter((name) => found.has(name));
}

/** All stacks whose name begins so; a deleted one, which LocalStack goes on listing, is none. */
export async function listStacks(
  client: CloudFormationClient,
  prefix: string,
): Promise<StackState[]> {
  const found: StackState[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    for (const { StackName: name = '', StackStatus: status = '' } of Stacks) {
      if (status !== 'DELETE_COMPLETE' && name.startsWith(prefix)) found.push({ name, status });
    }
  }
  return found;
}

/** A resource as CloudFormation reports it. */
export interface ReportedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** All resources of a stack that CloudFormation has an id of. */
export async function reportedResources(
  client: CloudFormationClient,
  StackName: string,
): Promise<ReportedResource[]> {
  const found: ReportedResource[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const one of page.StackResourceSummaries ?? []) {
      const { LogicalResourceId, PhysicalResourceId, ResourceType = '' } = one;
      if (!LogicalResourceId || !PhysicalResourceId) continue;
      found.push({
        logicalId: LogicalResourceId,
        type: ResourceType,
        physicalId: PhysicalResourceId,
      });
    }
  }
  return found;
}

/** Deletes a stack and waits until it is gone. @throws UserError when it still is there after 2 min */
export async function removeStack(client: CloudFormationClient, StackName: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName }));
  const deadline = performance.now() + deleteTimeoutMs;
  while (await isThere(client, StackName)) {
    if (performance.now() > deadline) {
      throw new UserError(`${StackName} cannot be removed: start LocalStack anew, empty.`);
    }
    await sleep(pollMs);
  }
}

async function isThere(client: CloudFormationClient, StackName: string): Promise<boolean> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks.some(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return false;
    throw error;
  }
}
