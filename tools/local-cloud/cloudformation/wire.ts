import { queryService } from '../endpoint/index.ts';
import { pageOf, type SortKey } from '../endpoint/page-token.ts';
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
        const wanted = input.StackName ? stackNamed(stacks, input) : undefined;
        const all = numbered(stacks.values()).filter(({ one }) => (wanted ?? one) === one);
        const { items, next } = newestFirst(input, 'stacks', all);
        return { Stacks: items.map(({ one }) => describe(one)), ...next };
      },
      ListStacks: (input) => {
        const filter = readFilter(input.StackStatusFilter);
        const all = numbered(stacks.values());
        const found = all.filter(({ one }) => filter?.includes(one.status) ?? true);
        const { items, next } = newestFirst(input, 'stacks', found);
        return { StackSummaries: items.map(({ one }) => summary(one)), ...next };
      },
      DescribeStackEvents: (input) => {
        const stack = stackNamed(stacks, input);
        const { items, next } = newestFirst(input, stack.id, numbered(stack.events));
        const identity = { StackId: stack.id, StackName: stack.name };
        return { StackEvents: items.map(({ one }) => ({ ...identity, ...one })), ...next };
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
        const all = numbered(resources(stack));
        const { items, next } = paged(input, `resources of ${stack.id}`, all, byNumber);
        return {
          StackResourceSummaries: items.map(({ one: { Timestamp, ...described } }) => ({
            ...described,
            LastUpdatedTimestamp: Timestamp,
          })),
          ...next,
        };
      },
      ListExports: (input) => {
        const all = numbered(stacks.values()).flatMap(({ one: { id, outputs }, number }) =>
          outputs.flatMap(({ exportName: Name, value: Value }) =>
            Name === undefined ? [] : [{ number, one: { ExportingStackId: id, Name, Value } }],
          ),
        );
        const keyOf = ({ number, one: { Name } }: (typeof all)[number]) => [number, Name];
        const { items, next } = paged(input, 'exports', all, keyOf);
        return { Exports: items.map(({ one }) => one), ...next };
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

/** An item with its place in a list that only grows at its end. */
interface Numbered<T> {
  readonly one: T;
  readonly number: number;
}

function numbered<T>(all: Iterable<T>): Numbered<T>[] {
  return [...all].map((one, number) => ({ one, number }));
}

function byNumber({ number }: Numbered<unknown>): SortKey {
  return [number];
}

function newestFirst<T>(input: Input, scope: string, all: readonly Numbered<T>[]) {
  return paged(input, scope, all, byNumber, true);
}

function paged<T>(
  input: Input,
  scope: string,
  all: readonly T[],
  keyOf: (item: T) => SortKey,
  descending = false,
) {
  const { items, nextToken } = pageOf(all, {
    ...{ scope, limit: PAGE, keyOf, descending, token: input.NextToken },
    invalidToken: () => invalid('Invalid NextToken'),
  });
  return { items, next: { NextToken: nextToken } };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
