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

const COMPLETE_STATES = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
const DELETE_TIMEOUT_MS = 2 * 60_000;
const POLL_MS = 300;

/** The stacks whose last operation did not complete: rolled back, failed or in progress. */
export function halfFinished(stacks: readonly StackState[]): StackState[] {
  return stacks.filter(({ status }) => !COMPLETE_STATES.has(status));
}

/** These stacks and all that depend on them, whose references are wrong once a stack is created again. */
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

/** Lists the stacks whose name has the prefix, without deleted ones, which LocalStack still lists. */
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

/** Lists the resources of a stack that have a physical id. */
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

/** Deletes a stack and waits until it is gone. @throws UserError if it still exists after 2 min */
export async function removeStack(client: CloudFormationClient, StackName: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName }));
  const deadline = performance.now() + DELETE_TIMEOUT_MS;
  while (await stackExists(client, StackName)) {
    if (performance.now() > deadline) {
      throw new UserError(
        `${StackName} cannot be removed: restart LocalStack, which deletes all its data.`,
      );
    }
    await sleep(POLL_MS);
  }
}

async function stackExists(client: CloudFormationClient, StackName: string): Promise<boolean> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks.some(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return false;
    throw error;
  }
}
