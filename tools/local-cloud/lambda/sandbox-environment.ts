import type { Kernel } from '../kernel.ts';
import { type FunctionDefinition, LATEST } from './function-definition.ts';

/** The variables a child process needs to start. It inherits no others from this process. */
const INHERITED = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG'];

/** Returns the variables that a child process inherits from this machine. */
export function machineEnvironment(): Record<string, string> {
  const entries = INHERITED.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]));
}

/**
 * Returns the environment of a function (Lambda Developer Guide, "Defined runtime environment
 * variables").
 */
export function sandboxEnvironment(
  definition: FunctionDefinition,
  kernel: Kernel,
  runtimeApi: string,
  logStream: string,
): Record<string, string> {
  return {
    ...machineEnvironment(),
    TZ: ':UTC',
    ...kernel.awsEnvironment(definition.session.credentials),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: definition.version ?? LATEST,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...definition.variables,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: definition.taskRoot,
    _HANDLER: definition.handler,
  };
}
