import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import type { PropertySupport, ResourceContext } from '../kernel.ts';
import { artifactFolder, LAMBDA } from '../lambda/function-definition.ts';
import { type RevisionDefinition, SYSTEM_LOG_LEVELS, type SystemLogLevel } from './definitions.ts';
import { nameIn, revisionIdOf } from './names.ts';

/** The only runtime, in October 2026: https://docs.aws.amazon.com/lambda/latest/dg/web-functions-runtimes.html */
const RUNTIME = 'nodejs24.x';
const DEFAULT_TIMEOUT_S = 30;
const DEFAULT_CONCURRENCY = 64;
/** All variables together, names and values. */
const MAX_VARIABLE_BYTES = 32 * 1024;
const MAX_VALUE_CHARACTERS = 4096;
const VARIABLE_NAME = /^[a-zA-Z][a-zA-Z0-9_]*$/;
/** The variable that names the file to run is the only one of the platform that a function may set. */
export const ENTRY_POINT = 'AWS_LAMBDA_NODEJS_ENTRYPOINT';

export const REVISION_PROPERTIES: Readonly<Record<string, PropertySupport>> = {
  FunctionName: 'honoured',
  Description: 'honoured',
  BuildConfig: 'honoured',
  ServiceConfig: 'honoured',
  KmsKeyArn: { ignored: 'local data is not encrypted at rest' },
};

interface BuildConfig {
  CodeConfig?: { S3Object?: { Bucket?: unknown; Key?: unknown } };
  RuntimeConfig?: { Runtime?: string };
}

interface ServiceConfig {
  ExecutionRoleArn?: string;
  TimeoutSeconds?: number | string;
  MaxConcurrencyPerEnvironment?: number | string;
  EnvironmentVariables?: Record<string, unknown>;
  TelemetryConfig?: { LoggingConfig?: LoggingConfig };
}

interface LoggingConfig {
  LogGroup?: string;
  SystemLogLevel?: string;
}

const BUILD_MEMBERS = {
  CodeConfig: { members: { S3Object: { members: honoured('Bucket', 'Key', 'VersionId') } } },
  RuntimeConfig: { members: honoured('Runtime') },
} as const;

/** Without EgressNetworkConnectorArn: there is no network connector. */
const SERVICE_MEMBERS = {
  ...honoured('ExecutionRoleArn', 'TimeoutSeconds', 'MaxConcurrencyPerEnvironment'),
  EnvironmentVariables: 'honoured',
  TelemetryConfig: {
    members: {
      LoggingConfig: {
        members: {
          ...honoured('LogGroup', 'SystemLogLevel'),
          ApplicationLogLevel: { ignored: 'the output of the application is kept as it is' },
        },
      },
    },
  },
} as const;

/**
 * Reads an `AWS::Lambda::WebFunctionRevision`. Its code is the artifact that the metadata names; the object in S3 is a
 * copy of it.
 * @throws Error that names the resource and the unsupported, missing or invalid property
 */
export function readRevision(context: ResourceContext): RevisionDefinition {
  const { stack, logicalId, kernel, properties } = context;
  const where = `${stack}/${logicalId}`;
  const buildConfig = (properties.BuildConfig ?? {}) as BuildConfig;
  const serviceConfig = (properties.ServiceConfig ?? {}) as ServiceConfig;
  rejectUndeclared(buildConfig, BUILD_MEMBERS, `BuildConfig of ${where}`);
  rejectUndeclared(serviceConfig, SERVICE_MEMBERS, `ServiceConfig of ${where}`);
  const { Bucket, Key } = buildConfig.CodeConfig?.S3Object ?? {};
  if (!Bucket || !Key) throw new Error(`${where}: the object with the code needs Bucket and Key`);
  const runtime = buildConfig.RuntimeConfig?.Runtime;
  if (runtime !== RUNTIME) {
    throw new Error(`${where}: runtime ${runtime} is not supported, only ${RUNTIME}`);
  }
  const { ExecutionRoleArn: roleArn } = serviceConfig;
  if (!roleArn) throw new Error(`${where}: ExecutionRoleArn is missing`);
  const functionName = nameIn(String(properties.FunctionName), kernel);
  const logging = serviceConfig.TelemetryConfig?.LoggingConfig ?? {};
  return {
    id: revisionIdOf(stack, logicalId),
    ...{ functionName, stack, logicalId, change: 0, runtime, buildConfig, serviceConfig },
    ...(properties.Description === undefined
      ? {}
      : { description: String(properties.Description) }),
    createdAt: new Date(),
    folder: artifactFolder(context),
    timeoutMs: 1000 * within(serviceConfig.TimeoutSeconds ?? DEFAULT_TIMEOUT_S, 3, 900, where),
    maxConcurrency: within(
      serviceConfig.MaxConcurrencyPerEnvironment ?? DEFAULT_CONCURRENCY,
      ...([1, 128, where] as const),
    ),
    variables: variablesOf(serviceConfig.EnvironmentVariables ?? {}, where),
    logGroup: logging.LogGroup ?? `/aws/lambda/web/${functionName}`,
    systemLogLevel: levelOf(logging.SystemLogLevel ?? 'INFO', where),
    roleArn,
    session: kernel.permissions.assume(roleArn, LAMBDA, functionName),
  };
}

/** @throws Error for a value that is not a whole number in a range */
export function within(value: unknown, minimum: number, maximum: number, where: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= minimum && number <= maximum) return number;
  throw new Error(`${where}: ${value} must be a whole number from ${minimum} to ${maximum}`);
}

function levelOf(level: string, where: string): SystemLogLevel {
  const known = SYSTEM_LOG_LEVELS.find((one) => one === level);
  if (known) return known;
  throw new Error(`${where}: SystemLogLevel ${level} is not one of ${SYSTEM_LOG_LEVELS}`);
}

function variablesOf(given: Record<string, unknown>, where: string): Record<string, string> {
  const entries = Object.entries(given).map(([name, value]) => [name, String(value)] as const);
  for (const [name, value] of entries) {
    if (name.startsWith('AWS_LAMBDA_') && name !== ENTRY_POINT) {
      throw new Error(`${where}: Lambda reserves the variable ${name}`);
    }
    if (!VARIABLE_NAME.test(name)) {
      throw new Error(
        `${where}: the name of the variable ${name} must match ${VARIABLE_NAME.source}`,
      );
    }
    if (value.length < 1 || value.length > MAX_VALUE_CHARACTERS) {
      throw new Error(
        `${where}: the variable ${name} must have 1 to ${MAX_VALUE_CHARACTERS} characters`,
      );
    }
  }
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (bytes > MAX_VARIABLE_BYTES) {
    throw new Error(`${where}: the variables have ${bytes} bytes, more than ${MAX_VARIABLE_BYTES}`);
  }
  return Object.fromEntries(entries);
}
