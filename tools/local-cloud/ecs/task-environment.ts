import type { Kernel } from '../kernel.ts';
import { machineEnvironment } from '../lambda/sandbox-environment.ts';
import type { PreparedTask } from './prepare-task.ts';
import type { TaskDefinition } from './task-definition.ts';

/**
 * Returns the environment of a task's process. `PORT` replaces the template's value: all tasks
 * share 127.0.0.1, so each has its own port.
 */
export function taskEnvironment(
  { variables }: TaskDefinition,
  { session, secrets }: Pick<PreparedTask, 'session' | 'secrets'>,
  port: number,
  kernel: Kernel,
): Record<string, string> {
  return {
    ...machineEnvironment(),
    ...withoutCredentials(kernel.awsEnvironment()),
    ...(session ? kernel.awsEnvironment(session.credentials) : {}),
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    ...variables,
    ...secrets,
    PORT: String(port),
  };
}

function withoutCredentials({
  AWS_ACCESS_KEY_ID: _id,
  AWS_SECRET_ACCESS_KEY: _secret,
  ...others
}: Record<string, string>): Record<string, string> {
  return others;
}
