import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AwsError, type Kernel, type PropertySupport, type ResourceContext } from '../kernel.ts';
import type { Session } from '../permissions/index.ts';
import { physicalName } from '../physical-name.ts';

/** The version of a function's current code. */
export const LATEST = '$LATEST';

/** The settings of a function that its sandboxes need. */
export interface FunctionDefinition {
  readonly name: string;
  /** Without a version. */
  readonly arn: string;
  /** Present if this is a published version. */
  readonly version?: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly handler: string;
  /** Folder of the artifact; the sandbox's working directory. */
  readonly taskRoot: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Its reserved concurrency. The limit of the local cloud can be lower. */
  readonly maxSandboxes: number;
  readonly variables: Readonly<Record<string, string>>;
  /** As in the template, e.g. `nodejs24.x`. */
  readonly runtime: string;
  readonly logGroup: string;
  readonly createdAt: Date;
  /** Present if the function is durable. */
  readonly durable?: { readonly executionTimeoutMs: number };
  readonly roleArn: string;
  /** The session of its role. All sandboxes share its credentials. */
  readonly session: Session;
}

export const FUNCTION_PROPERTIES: Readonly<Record<string, PropertySupport>> = {
  FunctionName: 'honoured',
  Handler: 'honoured',
  Timeout: 'honoured',
  MemorySize: 'honoured',
  Environment: 'honoured',
  ReservedConcurrentExecutions: 'honoured',
  Runtime: 'honoured',
  PackageType: 'honoured',
  Code: { ignored: 'the artifact comes from the metadata triptych:artifact, unpacked' },
  Architectures: { ignored: 'functions run on the architecture of this machine' },
  Role: 'honoured',
  Description: { ignored: 'documentation only' },
  Tags: { ignored: 'nothing is billed here' },
  LoggingConfig: 'honoured',
  DurableConfig: 'honoured',
  TracingConfig: { ignored: 'there is no X-Ray' },
  EphemeralStorage: { ignored: 'the disk of this machine is used' },
  RuntimeManagementConfig: { ignored: 'functions run on the Node.js of the local cloud' },
  RecursiveLoop: { ignored: 'loops are not detected' },
};

/**
 * Returns the absolute path of the built artifact.
 * @throws Error that names the resource, when the artifact is not built
 */
export function artifactFolder(context: ResourceContext): string {
  const artifact = context.metadata['triptych:artifact'];
  const where = `${context.stack}/${context.logicalId}`;
  if (typeof artifact !== 'string') {
    throw new Error(`${where}: the metadata triptych:artifact is missing`);
  }
  const folder = resolve(context.kernel.root, artifact);
  if (!existsSync(folder)) {
    throw new Error(`${where}: the artifact ${artifact} is not built (npm run build)`);
  }
  return folder;
}

/**
 * Reads an `AWS::Lambda::Function`.
 * @throws Error that names the resource and the unsupported or missing property
 */
export function readFunction(context: ResourceContext): FunctionDefinition {
  const { stack, logicalId, kernel } = context;
  const properties = context.properties as {
    FunctionName?: string;
    Handler?: string;
    Role?: string;
    Runtime?: string;
    PackageType?: string;
    Timeout?: number | string;
    MemorySize?: number | string;
    ReservedConcurrentExecutions?: number;
    Environment?: { Variables?: Record<string, unknown> };
    LoggingConfig?: { LogGroup?: string };
    DurableConfig?: { ExecutionTimeout?: number };
  };
  const where = `${stack}/${logicalId}`;
  if (properties.PackageType === 'Image') {
    throw new Error(`${where}: container image functions are not supported`);
  }
  if (!properties.Runtime?.startsWith('nodejs')) {
    throw new Error(`${where}: runtime ${properties.Runtime} is not supported, only nodejs`);
  }
  if (!properties.Handler) throw new Error(`${where}: Handler is missing`);
  const name = properties.FunctionName ?? physicalName(stack, logicalId, 64);
  const variables = Object.entries(properties.Environment?.Variables ?? {});
  return {
    name,
    arn: kernel.arn('lambda', `function:${name}`),
    stack,
    logicalId,
    handler: properties.Handler,
    taskRoot: artifactFolder(context),
    timeoutMs: Number(properties.Timeout ?? 3) * 1000,
    memoryMb: Number(properties.MemorySize ?? 128),
    maxSandboxes: properties.ReservedConcurrentExecutions ?? Number.POSITIVE_INFINITY,
    variables: Object.fromEntries(variables.map(([key, value]) => [key, String(value)])),
    runtime: properties.Runtime,
    logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    createdAt: new Date(),
    ...durable(properties.DurableConfig, where),
    ...sessionOf(kernel, String(properties.Role), name),
  };
}

/** @throws Error that names the resource, when the timeout of its executions is missing */
function durable(config: { ExecutionTimeout?: number } | undefined, where: string) {
  if (config === undefined) return {};
  const { ExecutionTimeout } = config;
  if (!ExecutionTimeout) throw new Error(`${where}: DurableConfig.ExecutionTimeout is missing`);
  return { durable: { executionTimeoutMs: Number(ExecutionTimeout) * 1000 } };
}

/** The service that assumes the roles of functions. */
export const LAMBDA = 'lambda.amazonaws.com';

/** @throws AwsError of CreateFunction when the role does not trust Lambda */
function sessionOf(
  { permissions }: Kernel,
  roleArn: string,
  functionName: string,
): Pick<FunctionDefinition, 'roleArn' | 'session'> {
  try {
    return { roleArn, session: permissions.assume(roleArn, LAMBDA, functionName) };
  } catch (cause) {
    const text = 'The role defined for the function cannot be assumed by Lambda.';
    throw new AwsError('InvalidParameterValueException', `${text} ${String(cause)}`);
  }
}
