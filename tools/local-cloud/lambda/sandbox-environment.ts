import type { Kernel } from '../kernel.ts';
import type { FunctionDefinition } from './function-definition.ts';

/**
 * What a child process needs of this machine to work at all; nothing else of ours leaks into it.
 */
const INHERITED = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG'];

/** The machine's basics for a child process. */
export function machineEnvironment(): Record<string, string> {
  const entries = INHERITED.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]));
}

/**
 * The environment AWS gives to a function (names: Lambda developer guide, "Defined runtime
 * environment variables").
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
    ...kernel.awsEnvironment(),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...definition.variables,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: definition.taskRoot,
    _HANDLER: definition.handler,
  };
}
