import { randomUUID } from 'node:crypto';
import { escapeXml } from '../endpoint/index.ts';
import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';
import type { Stacks } from './deploy.ts';
import type { DeployedStack } from './stack.ts';

type Calls = Readonly<Record<string, (input: URLSearchParams) => object>>;

/** Serves CloudFormation's query protocol, read only. Stacks are deployed from an assembly. */
export function cloudFormationWire(stacks: Stacks): WireService {
  const calls: Calls = {
    DescribeStacks: (input) => {
      const name = input.get('StackName');
      const found = name ? [stackNamed(stacks, name)] : [...stacks.values()];
      return { Stacks: found.map(describe) };
    },
    DescribeStackResources: (input) => {
      const stack = stackNamed(stacks, input.get('StackName') ?? '');
      const wanted = input.get('LogicalResourceId');
      const found = resources(stack).filter((one) => !wanted || one.LogicalResourceId === wanted);
      return {
        StackResources: found.map((one) => ({ StackName: stack.name, StackId: stack.id, ...one })),
      };
    },
    ListStackResources: (input) => ({
      StackResourceSummaries: resources(stackNamed(stacks, input.get('StackName') ?? '')).map(
        ({ Timestamp, ...one }) => ({ ...one, LastUpdatedTimestamp: Timestamp }),
      ),
    }),
  };
  return { name: 'cloudformation', handle: async (request) => answer(calls, request) };
}

function answer(calls: Calls, request: WireRequest): WireResponse {
  const input = new URLSearchParams(request.body.toString('utf8'));
  const action = input.get('Action') ?? '';
  const call = Object.hasOwn(calls, action) ? calls[action] : undefined;
  if (!call) {
    const known = Object.keys(calls).join(', ');
    const text = `The local CloudFormation does not support ${action}; it supports ${known}`;
    throw new AwsError('InvalidAction', text);
  }
  const result = `<${action}Result>${xml(call(input))}</${action}Result>`;
  const id = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  const namespace = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response ${namespace}>${result}${id}</${action}Response>`,
  };
}

function stackNamed(stacks: Stacks, nameOrId: string): DeployedStack {
  const found = [...stacks.values()].find((one) => one.name === nameOrId || one.id === nameOrId);
  if (found) return found;
  throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
}

function describe(stack: DeployedStack): object {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
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
    ResourceStatus: 'CREATE_COMPLETE',
  }));
}

/** Serializes a query response. Lists contain `member` elements. Undefined values are omitted. */
function xml(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((one) => `<member>${xml(one)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
    .join('');
}
