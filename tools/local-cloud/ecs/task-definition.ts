import type { Kernel, PropertySupport, ResourceContext } from '../kernel.ts';
import { artifactFolder } from '../lambda/function-definition.ts';
import { physicalName } from '../physical-name.ts';

/** A container that runs as a process: command, folder and variables. */
export interface TaskDefinition {
  readonly arn: string;
  readonly command: readonly string[];
  /** The address of the image, or empty. Only the network uses it. */
  readonly image: string;
  /** Working directory: the artifact that the image contains on AWS. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The secret (`ValueFrom`) of each variable, by variable name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The role of the process, if it has one. */
  readonly taskRoleArn?: string;
  /** The role with which ECS pulls the image, reads the secrets and writes the logs. */
  readonly executionRoleArn?: string;
  /** The repository of the image, when it is in ECR. */
  readonly repositoryArn?: string;
  /** Time between SIGTERM and SIGKILL. */
  readonly stopTimeoutMs: number;
  /** vCPUs. CPU utilization is a share of them, but they are not a limit here. */
  readonly processors: number;
  /** The awslogs settings: the log group, and the start of the stream names. */
  readonly logs?: { readonly group: string; readonly streamPrefix: string };
}

const NO_CONTAINER = { ignored: 'a task is a plain process here, without a container' };

export const TASK_DEFINITION_PROPERTIES: Readonly<Record<string, PropertySupport>> = {
  ContainerDefinitions: 'honoured',
  Family: 'honoured',
  Cpu: 'honoured',
  Memory: { ignored: 'processes share the memory of this machine' },
  NetworkMode: NO_CONTAINER,
  RequiresCompatibilities: NO_CONTAINER,
  RuntimePlatform: NO_CONTAINER,
  Volumes: NO_CONTAINER,
  EphemeralStorage: NO_CONTAINER,
  ExecutionRoleArn: 'honoured',
  TaskRoleArn: 'honoured',
  Tags: { ignored: 'nothing is billed here' },
};

interface ContainerDefinition {
  Name?: string;
  Image?: string;
  Command?: string[];
  EntryPoint?: string[];
  Environment?: { Name: string; Value: unknown }[];
  Secrets?: { Name: string; ValueFrom: string }[];
  StopTimeout?: number;
  LogConfiguration?: { Options?: Record<string, unknown> };
}

/** Supported keys, and (after the empty line) accepted keys without effect on a plain process. */
const CONTAINER_KEYS = new Set([
  'Name',
  'Image',
  'Command',
  'EntryPoint',
  'Environment',
  'Secrets',
  'StopTimeout',

  'Essential',
  'PortMappings',
  'LogConfiguration',
  'Cpu',
  'Memory',
  'MemoryReservation',
  'ReadonlyRootFilesystem',
  'LinuxParameters',
  'HealthCheck',
  'User',
  'Ulimits',
  'MountPoints',
]);

/** The command of the image of every service. */
const DEFAULT_COMMAND = ['node', 'index.mjs'];
const DEFAULT_STOP_SECONDS = 30;
/** CPU units of one vCPU. */
const CPU_UNITS = 1024;

/**
 * Reads an `AWS::ECS::TaskDefinition`.
 * @throws Error that names the resource and the unsupported part
 */
export function readTaskDefinition(context: ResourceContext): TaskDefinition {
  const { stack, logicalId, kernel, properties } = context;
  const where = `${stack}/${logicalId}`;
  const containers = (properties.ContainerDefinitions ?? []) as ContainerDefinition[];
  const [container] = containers;
  if (!container || containers.length > 1) {
    throw new Error(`${where}: only tasks with one container are supported`);
  }
  const unknown = Object.keys(container).filter((key) => !CONTAINER_KEYS.has(key));
  if (unknown.length > 0) throw new Error(`${where}: unsupported container keys: ${unknown}`);
  const family = (properties.Family as string) ?? physicalName(stack, logicalId, 255);
  const command = [...(container.EntryPoint ?? []), ...(container.Command ?? [])];
  const environment = container.Environment ?? [];
  const secrets = container.Secrets ?? [];
  return {
    arn: kernel.arn('ecs', `task-definition/${family}:1`),
    command: command.length > 0 ? command : DEFAULT_COMMAND,
    image: container.Image ?? '',
    folder: artifactFolder(context),
    variables: Object.fromEntries(environment.map(({ Name, Value }) => [Name, String(Value)])),
    secrets: Object.fromEntries(secrets.map(({ Name, ValueFrom }) => [Name, ValueFrom])),
    processors: Number(properties.Cpu ?? CPU_UNITS) / CPU_UNITS,
    ...logSettings(container),
    ...roles(properties),
    ...repository(container, kernel),
    stopTimeoutMs: Number(container.StopTimeout ?? DEFAULT_STOP_SECONDS) * 1000,
  };
}

function roles({
  TaskRoleArn,
  ExecutionRoleArn,
}: Record<string, unknown>): Pick<TaskDefinition, 'taskRoleArn' | 'executionRoleArn'> {
  return {
    ...(TaskRoleArn === undefined ? {} : { taskRoleArn: String(TaskRoleArn) }),
    ...(ExecutionRoleArn === undefined ? {} : { executionRoleArn: String(ExecutionRoleArn) }),
  };
}

/** The host of ECR and the name of the repository in the name of an image. */
const ECR_IMAGE = /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)/;

function repository(
  { Image = '' }: ContainerDefinition,
  kernel: Kernel,
): Pick<TaskDefinition, 'repositoryArn'> {
  const name = ECR_IMAGE.exec(Image)?.[1];
  return name === undefined ? {} : { repositoryArn: kernel.arn('ecr', `repository/${name}`) };
}

function logSettings({
  Name,
  LogConfiguration,
}: ContainerDefinition): Pick<TaskDefinition, 'logs'> {
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix } =
    LogConfiguration?.Options ?? {};
  if (group === undefined) return {};
  const streamPrefix = [prefix, Name].filter((part) => part !== undefined).join('/');
  return { logs: { group: String(group), streamPrefix } };
}
