import { queryService } from '../endpoint/index.ts';
import { pageOf } from '../endpoint/page-token.ts';
import { AwsError, type WireService } from '../kernel.ts';
import type { Stacks } from './deploy.ts';
import { CLOUDFORMATION_MEMBERS } from './members.ts';
import type { DeployedStack } from './stack.ts';

/** Items per page: "ListStackResources" in the CloudFormation API Reference. */
const PAGE = 100;

type Input = Readonly<Record<string, unknown>>;

/** Serves CloudFormation's query protocol, read only. Stacks are deployed from an assembly. */
export function cloudFormationWire(stacks: Stacks): WireService {
  return queryService({
    name: 'cloudformation',
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    members: CLOUDFORMATION_MEMBERS,
    operations: {
      DescribeStacks: (input) => {
        const found = input.StackName ? [stackNamed(stacks, input)] : newestFirst(stacks);
        const { items, next } = paged(input, 'stacks', found, ({ id }) => id);
        return { Stacks: items.map(describe), ...next };
      },
      ListStacks: (input) => {
        const filter = readFilter(input.StackStatusFilter);
        const found = newestFirst(stacks).filter(({ status }) => filter?.includes(status) ?? true);
        const { items, next } = paged(input, 'stacks', found, ({ id }) => id);
        return { StackSummaries: items.map(summary), ...next };
      },
      DescribeStackEvents: (input) => {
        const stack = stackNamed(stacks, input);
        const newest = [...stack.events].reverse();
        const { items, next } = paged(input, stack.id, newest, ({ EventId }) => EventId);
        const identity = { StackId: stack.id, StackName: stack.name };
        return { StackEvents: items.map((event) => ({ ...identity, ...event })), ...next };
      },
      DescribeStackResource: (input) => {
        const stack = stackNamed(stacks, input);
        const found = resourceOf(stack, String(input.LogicalResourceId));
        const { Timestamp, ...one } = found;
        const identity = { StackName: stack.name, StackId: stack.id };
        return { StackResourceDetail: { ...identity, ...one, LastUpdatedTimestamp: Timestamp } };
      },
      DescribeStackResources: (input) => {
        const stack = stackOf(stacks, input);
        const wanted = input.LogicalResourceId;
        const found = wanted ? [resourceOf(stack, String(wanted))] : resources(stack);
        const identity = { StackName: stack.name, StackId: stack.id };
        return { StackResources: found.slice(0, PAGE).map((one) => ({ ...identity, ...one })) };
      },
      ListStackResources: (input) => {
        const stack = stackNamed(stacks, input);
        const { items, next } = paged(
          ...([input, `resources of ${stack.id}`, resources(stack)] as const),
          ({ LogicalResourceId }) => LogicalResourceId,
        );
        return {
          StackResourceSummaries: items.map(({ Timestamp, ...one }) => ({
            ...one,
            LastUpdatedTimestamp: Timestamp,
          })),
          ...next,
        };
      },
      ListExports: (input) => {
        const all = [...stacks.values()].flatMap(({ id, outputs }) =>
          outputs.flatMap(({ exportName: Name, value: Value }) =>
            Name === undefined ? [] : [{ ExportingStackId: id, Name, Value }],
          ),
        );
        const { items, next } = paged(input, 'exports', all, ({ Name }) => Name);
        return { Exports: items, ...next };
      },
    },
  });
}

/** The statuses of a stack on AWS. The local cloud uses only the first three. */
const STATUSES = [
  'CREATE_IN_PROGRESS CREATE_FAILED CREATE_COMPLETE ROLLBACK_IN_PROGRESS ROLLBACK_FAILED',
  'ROLLBACK_COMPLETE DELETE_IN_PROGRESS DELETE_FAILED DELETE_COMPLETE UPDATE_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS UPDATE_COMPLETE UPDATE_FAILED',
  'UPDATE_ROLLBACK_IN_PROGRESS UPDATE_ROLLBACK_FAILED',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS UPDATE_ROLLBACK_COMPLETE REVIEW_IN_PROGRESS',
  'IMPORT_IN_PROGRESS IMPORT_COMPLETE IMPORT_ROLLBACK_IN_PROGRESS IMPORT_ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_COMPLETE',
].flatMap((line) => line.split(' '));

function readFilter(filter: unknown): readonly string[] | undefined {
  if (filter === undefined) return undefined;
  const wanted = (Array.isArray(filter) ? filter : [filter]).map(String);
  const unknown = wanted.find((status) => !STATUSES.includes(status));
  if (unknown === undefined) return wanted;
  throw invalid(
    `1 validation error detected: Value '${unknown}' at 'stackStatusFilter' failed to satisfy constraint: Member must satisfy enum value set: [${STATUSES.join(', ')}]`,
  );
}

function newestFirst(stacks: Stacks): DeployedStack[] {
  return [...stacks.values()].reverse();
}

function stackNamed(stacks: Stacks, { StackName: nameOrId }: Input): DeployedStack {
  if (nameOrId === undefined) throw invalid('Stack name must be specified');
  const found = [...stacks.values()].find((one) => one.name === nameOrId || one.id === nameOrId);
  if (found) return found;
  throw invalid(`Stack with id ${nameOrId} does not exist`);
}

/** The stack of a request by its name, or by the physical id of one of its resources. */
function stackOf(stacks: Stacks, input: Input): DeployedStack {
  const { StackName, PhysicalResourceId: physicalId } = input;
  if (StackName !== undefined && physicalId !== undefined) {
    throw invalid('StackName and PhysicalResourceId cannot be specified together');
  }
  if (physicalId === undefined) return stackNamed(stacks, input);
  const owner = [...stacks.values()].find((stack) =>
    [...stack.resources.values()].some(({ created }) => created.physicalId === physicalId),
  );
  if (owner) return owner;
  throw invalid(`Stack for ${physicalId} does not exist`);
}

function resourceOf(stack: DeployedStack, logicalId: string) {
  const found = resources(stack).find((one) => one.LogicalResourceId === logicalId);
  if (found) return found;
  throw invalid(`Resource ${logicalId} does not exist for stack ${stack.name}`);
}

function summary(stack: DeployedStack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
  };
}

function describe(stack: DeployedStack) {
  return {
    ...summary(stack),
    DisableRollback: true,
    Outputs: stack.outputs.map((output) => ({
      OutputKey: output.key,
      OutputValue: output.value,
      Description: output.description,
      ExportName: output.exportName,
    })),
  };
}

function resources(stack: DeployedStack) {
  return [...stack.resources].map(([LogicalResourceId, resource]) => ({
    LogicalResourceId,
    PhysicalResourceId: resource.created.physicalId,
    ResourceType: resource.type,
    Timestamp: resource.createdAt,
    ResourceStatus: resource.status,
  }));
}

function paged<T>(input: Input, scope: string, all: readonly T[], keyOf: (item: T) => string) {
  const { items, nextToken } = pageOf(all, {
    ...{ scope, limit: PAGE, keyOf, token: input.NextToken },
    invalidToken: () => invalid('Invalid NextToken'),
  });
  return { items, next: { NextToken: nextToken } };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
