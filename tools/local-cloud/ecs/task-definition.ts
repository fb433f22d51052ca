import type { PropertySupport, ResourceContext } from '../kernel.ts';
import { artifactFolder } from '../lambda/function-definition.ts';
import { physicalName } from '../physical-name.ts';

/** A container as a process: what to run, where, and with which variables. */
export interface TaskDefinition {
  readonly arn: string;
  readonly command: readonly string[];
  /** Working directory: the artifact that the image would hold. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Variable name to the secret it comes from (`ValueFrom`). */
  readonly secrets: Readonly<Record<string, string>>;
  /** Time between the polite and the hard way to end it. */
  readonly stopTimeoutMs: number;
  /** What its utilization is a share of; not a limit here. */
  readonly processors: number;
}

const oneProcess = { ignored: 'a task is a plain process here, without a container around it' };

export const taskDefinitionProperties: Readonly<Record<string, PropertySupport>> = {
  ContainerDefinitions: 'honoured',
  Family: 'honoured',
  Cpu: 'honoured',
  Memory: { ignored: 'processes share the memory of this machine' },
  NetworkMode: oneProcess,
  RequiresCompatibilities: oneProcess,
  RuntimePlatform: oneProcess,
  Volumes: oneProcess,
  EphemeralStorage: oneProcess,
  ExecutionRoleArn: { ignored: 'IAM is not enforced' },
  TaskRoleArn: { ignored: 'IAM is not enforced' },
  Tags: { ignored: 'nothing is billed here' },
};

interface ContainerDefinition {
  Name?: string;
  Command?: string[];
  EntryPoint?: string[];
  Environment?: { Name: string; Value: unknown }[];
  Secrets?: { Name: string; ValueFrom: string }[];
  StopTimeout?: number;
}

/**
 * Keys of a container definition we know; those after the empty line say nothing to a plain
 * process.
 */
const CONTAINER_KEYS = new Set([
  'Name',
  'Command',
  'EntryPoint',
  'Environment',
  'Secrets',
  'StopTimeout',

  'Image',
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

/** What the image of every service runs. */
const DEFAULT_COMMAND = ['node', 'index.mjs'];
const DEFAULT_STOP_SECONDS = 30;
/** Of one processor. */
const CPU_UNITS = 1024;

/** Reads an `AWS::ECS::TaskDefinition`; throws an Error naming what cannot run here. */
export function readTaskDefinition(context: ResourceContext): TaskDefinition {
  const { stack, logicalId, kernel, properties } = context;
  const where = `${stack}/${logicalId}`;
  const containers = (properties.ContainerDefinitions ?? []) as ContainerDefinition[];
  const [container] = containers;
  if (!container || containers.length > 1) throw new Error(`${where}: tasks of one container only`);
  const unknown = Object.keys(container).filter((key) => !CONTAINER_KEYS.has(key));
  if (unknown.length > 0) throw new Error(`${where}: unknown in a container: ${unknown}`);
  const family = (properties.Family as string) ?? physicalName(stack, logicalId, 255);
  const command = [...(container.EntryPoint ?? []), ...(container.Command ?? [])];
  const environment = container.Environment ?? [];
  const secrets = container.Secrets ?? [];
  return {
    arn: kernel.arn('ecs', `task-definition/${family}:1`),
    command: command.length > 0 ? command : DEFAULT_COMMAND,
    folder: artifactFolder(context),
    variables: Object.fromEntries(environment.map(({ Name, Value }) => [Name, String(Value)])),
    secrets: Object.fromEntries(secrets.map(({ Name, ValueFrom }) => [Name, ValueFrom])),
    processors: Number(properties.Cpu ?? CPU_UNITS) / CPU_UNITS,
    stopTimeoutMs: Number(container.StopTimeout ?? DEFAULT_STOP_SECONDS) * 1000,
  };
}
