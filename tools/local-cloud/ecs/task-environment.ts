import type { Kernel } from '../kernel.ts';
import { machineEnvironment } from '../lambda/sandbox-environment.ts';
import type { TaskDefinition } from './task-definition.ts';

/** Colons in the ARN of a secret; what follows them is `json-key:version-stage:version-id`. */
const ARN_PARTS = 7;

/** Resolves a container's `ValueFrom`, with its JSON key if it has one. */
function secretValue(valueFrom: string, kernel: Kernel): string {
  const parts = valueFrom.split(':');
  const value = kernel.services.secrets.value(parts.slice(0, ARN_PARTS).join(':'));
  const key = parts[ARN_PARTS];
  return key ? String((JSON.parse(value) as Record<string, unknown>)[key]) : value;
}

/**
 * Variables of a task's process. `PORT` is not the template's: all tasks share 127.0.0.1, so each
 * gets a free port of its own.
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
