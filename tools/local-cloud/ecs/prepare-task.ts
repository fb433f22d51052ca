import { pullImage, readSecret, writeLogs } from '../iam/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Actor, Session } from '../permissions/index.ts';
import type { TaskDefinition } from './task-definition.ts';

/** What a task needs before its process starts. */
export interface PreparedTask {
  /** The session of the task's role. Absent when the task has none. */
  readonly session?: Session;
  /** The values of the container's secrets, by variable name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Its log stream: `<prefix>/<container>/<task id>`, as on AWS. */
  readonly log: { readonly group?: string; readonly stream?: string };
}

/** The service that assumes both roles of a task. */
const ECS_TASKS = 'ecs-tasks.amazonaws.com';

/** Colon-separated parts of a secret's ARN. `json-key:version-stage:version-id` may follow. */
const ARN_PARTS = 7;

/**
 * Does what ECS does before it starts a task. With the execution role, it pulls the image (here only
 * the permission is checked), reads the secrets and creates the log stream. With the task's role, it
 * issues credentials for the process.
 * @throws Error with ECS's reason for a stopped task when a role lacks a permission
 */
export function prepareTask(
  definition: TaskDefinition,
  taskId: string,
  kernel: Kernel,
): PreparedTask {
  const { taskRoleArn, repositoryArn, logs } = definition;
  const agent = agentOf(definition, taskId, kernel);
  because('CannotPullContainerError', () =>
    agent.require(repositoryArn === undefined ? [] : pullImage(repositoryArn)),
  );
  return {
    secrets: because('ResourceInitializationError: unable to pull secrets', () =>
      readSecrets(definition, agent, kernel),
    ),
    log: because('ResourceInitializationError: failed to create the log stream', () => {
      if (!logs) return {};
      const stream = { group: logs.group, stream: `${logs.streamPrefix}/${taskId}` };
      agent.require(writeLogs(stream.group, stream.stream, kernel));
      return stream;
    }),
    ...because('ECS was unable to assume the role of the task', () =>
      sessionOf(taskRoleArn, taskId, kernel),
    ),
  };
}

/** The execution role. A task without one has no permission to pull, read or log. */
function agentOf({ executionRoleArn }: TaskDefinition, taskId: string, kernel: Kernel): Actor {
  const { permissions } = kernel;
  return because('ECS was unable to assume the execution role', () =>
    executionRoleArn === undefined
      ? permissions.anonymous
      : permissions.actAs(executionRoleArn, ECS_TASKS, taskId),
  );
}

function sessionOf(
  roleArn: string | undefined,
  taskId: string,
  { permissions }: Kernel,
): Pick<PreparedTask, 'session'> {
  if (roleArn !== undefined) return { session: permissions.assume(roleArn, ECS_TASKS, taskId) };
  return permissions.isEnforced ? {} : { session: permissions.operator };
}

function readSecrets(
  { secrets }: TaskDefinition,
  agent: Actor,
  kernel: Kernel,
): Record<string, string> {
  const values = Object.entries(secrets).map(([name, valueFrom]) => {
    const arn = valueFrom.split(':').slice(0, ARN_PARTS).join(':');
    agent.require(readSecret(arn));
    return [name, secretValue(valueFrom, kernel)] as const;
  });
  return Object.fromEntries(values);
}

/** Resolves a `ValueFrom` of a container, with its optional JSON key. */
function secretValue(valueFrom: string, kernel: Kernel): string {
  const parts = valueFrom.split(':');
  const value = kernel.services.secrets.value(parts.slice(0, ARN_PARTS).join(':'));
  const key = parts[ARN_PARTS];
  return key ? String((JSON.parse(value) as Record<string, unknown>)[key]) : value;
}

/** Adds ECS's reason to an error. */
function because<T>(reason: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${reason}: ${detail}`, { cause });
  }
}
