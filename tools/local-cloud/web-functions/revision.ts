import { resolve } from 'node:path';
import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import { AwsError, type PropertySupport, type ResourceContext } from '../kernel.ts';
import { artifactFolder, LAMBDA } from '../lambda/function-definition.ts';
import type { Session } from '../permissions/index.ts';

/** The code and settings of a web function, which never change. */
export interface Revision {
  readonly id: string;
  readonly functionName: string;
  readonly stack: string;
  readonly logicalId: string;
  /** Folder of the artifact; the working directory of the process. */
  readonly folder: string;
  /** Absolute path of the file that starts the server. */
  readonly entry: string;
  readonly timeoutMs: number;
  /** Requests that one environment may have at the same time. */
  readonly maxConcurrency: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly roleArn: string;
  /** The session of its role. All environments share its credentials. */
  readonly session: Session;
}

export const REVISION_PROPERTIES: Readonly<Record<string, PropertySupport>> = {
  FunctionName: 'honoured',
  BuildConfig: 'honoured',
  ServiceConfig: 'honoured',
  Description: { ignored: 'documentation only' },
  KmsKeyArn: { ignored: 'local data is not encrypted at rest' },
};

const RUNTIME = 'nodejs24.x';
const DEFAULT_ENTRY = 'index.js';
const ENTRY_VARIABLE = 'AWS_LAMBDA_NODEJS_ENTRYPOINT';
const DEFAULT_TIMEOUT_SECONDS = 30;
const DEFAULT_CONCURRENCY = 64;
const MAX_VARIABLES_BYTES = 32 * 1024;

interface Properties {
  BuildConfig?: { RuntimeConfig?: { Runtime?: string } };
  ServiceConfig?: {
    ExecutionRoleArn?: string;
    TimeoutSeconds?: number;
    MaxConcurrencyPerEnvironment?: number;
    EnvironmentVariables?: Record<string, unknown>;
    TelemetryConfig?: { LoggingConfig?: { LogGroup?: string } };
    EgressNetworkConnectorArn?: string;
  };
}

/**
 * Reads an `AWS::Lambda::WebFunctionRevision`.
 * @throws Error that names the resource and what AWS would reject, or what the local cloud does not support
 */
export function readRevision(context: ResourceContext, functionName: string): Revision {
  const { stack, logicalId } = context;
  const where = `${stack}/${logicalId}`;
  const { BuildConfig = {}, ServiceConfig = {} } = context.properties as Properties;
  rejectUndeclared(
    ServiceConfig,
    honoured(
      'ExecutionRoleArn',
      'TimeoutSeconds',
      'MaxConcurrencyPerEnvironment',
      'EnvironmentVariables',
      'TelemetryConfig',
    ),
    `ServiceConfig of ${where}`,
  );
  const runtime = BuildConfig.RuntimeConfig?.Runtime;
  if (runtime !== RUNTIME) throw new Error(`${where}: runtime ${runtime} is not ${RUNTIME}`);
  const folder = artifactFolder(context);
  const { [ENTRY_VARIABLE]: entry = DEFAULT_ENTRY, ...variables } = readVariables(
    ServiceConfig.EnvironmentVariables,
    where,
  );
  const roleArn = String(ServiceConfig.ExecutionRoleArn);
  return {
    id: `${logicalId.toLowerCase()}-1`,
    ...{ functionName, stack, logicalId, folder, roleArn, variables },
    entry: resolve(folder, entry),
    timeoutMs:
      1_000 *
      within(
        ServiceConfig.TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
        [3, 900],
        `${where}: TimeoutSeconds`,
      ),
    maxConcurrency: within(
      ServiceConfig.MaxConcurrencyPerEnvironment ?? DEFAULT_CONCURRENCY,
      [1, 128],
      `${where}: MaxConcurrencyPerEnvironment`,
    ),
    logGroup:
      ServiceConfig.TelemetryConfig?.LoggingConfig?.LogGroup ?? `/aws/lambda/web/${functionName}`,
    session: sessionOf(context, roleArn, functionName),
  };
}

/** @throws Error when the value is outside the range that AWS accepts */
export function within(
  value: unknown,
  [least, most]: readonly [number, number],
  name: string,
): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`${name} must be from ${least} to ${most}, not ${value}`);
}

/**
 * The variables of the template. Lambda reserves names with `AWS_LAMBDA_`, except for the one of the entry file.
 * @throws Error for a reserved name, or for more than 32 KB
 */
function readVariables(given: Record<string, unknown> = {}, where: string): Record<string, string> {
  const variables = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, String(value)]),
  );
  const reserved = Object.keys(variables).find(
    (name) => name.startsWith('AWS_LAMBDA_') && name !== ENTRY_VARIABLE,
  );
  if (reserved) throw new Error(`${where}: Lambda reserves the variable ${reserved}`);
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > MAX_VARIABLES_BYTES) {
    throw new Error(
      `${where}: the variables have ${bytes} of at most ${MAX_VARIABLES_BYTES} bytes`,
    );
  }
  return variables;
}

/** @throws AwsError when the role does not trust Lambda */
function sessionOf({ kernel }: ResourceContext, roleArn: string, functionName: string): Session {
  try {
    return kernel.permissions.assume(roleArn, LAMBDA, functionName);
  } catch (cause) {
    const text = 'The execution role of the web function cannot be assumed by Lambda.';
    throw new AwsError('InvalidParameterValueException', `${text} ${String(cause)}`);
  }
}
