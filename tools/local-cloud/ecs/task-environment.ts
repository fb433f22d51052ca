import type { Kernel } from '../kernel.ts';
import { machineEnvironment } from '../lambda/sandbox-environment.ts';
import type { TaskDefinition } from './task-definition.ts';

/** Colon-separated parts of a secret's ARN. `json-key:version-stage:version-id` may follow. */
const ARN_PARTS = 7;

/** Resolves a `ValueFrom` of a container, with its optional JSON key. */
function secretValue(valueFrom: string, kernel: Kernel): string {
  const parts = valueFrom.split(':');
  const value = kernel.services.secrets.value(parts.slice(0, ARN_PARTS).join(':'));
  const key = parts[ARN_PARTS];
  return key ? String((JSON.parse(value) as Record<string, unknown>)[key]) : value;
}

/**
 * Returns the environment of a task's process. `PORT` replaces the template's value: all tasks
 * share 127.0.0.1, so each has its own port.
 */
export function taskEnvironment(
  { variables, secrets }: TaskDefinition,
  port: number,
  kernel: Kernel,
): Record<string, string> {
  const values = Object.entries(secrets).map(
    ([name, valueFrom]) => [name, secretValue(valueFrom, kernel)] as const,
  );
  return {
    ...machineEnvironment(),
    ...kernel.awsEnvironment(),
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    ...variables,
    ...Object.fromEntries(values),
    PORT: String(port),
  };
}
