import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Kernel } from '../kernel.ts';
import { logLines } from '../lambda/output-lines.ts';
import { killWithParent } from '../lambda/reaper.ts';
import { GUARD_ARGUMENTS, watchConnections } from '../network/index.ts';
import { prepareTask } from './prepare-task.ts';
import type { TaskDefinition } from './task-definition.ts';
import { taskEnvironment } from './task-environment.ts';
import type { TaskNetwork } from './task-network.ts';

/** The service that a task belongs to. */
export interface TaskOrigin {
  readonly stack: string;
  readonly logicalId: string;
}

/** One running process of a service. */
export class Task {
  readonly port: number;
  readonly startedAt = Date.now();
  /** Its log group, if it has one. */
  readonly logGroup: string | undefined;
  /** Resolves with the signal, exit code or error that ended the process. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #stopTimeoutMs: number;

  constructor(
    definition: TaskDefinition,
    port: number,
    origin: TaskOrigin,
    kernel: Kernel,
    onLine: (text: string) => void,
    network?: TaskNetwork,
  ) {
    this.port = port;
    this.#stopTimeoutMs = definition.stopTimeoutMs;
    const prepared = prepareTask(definition, randomBytes(16).toString('hex'), kernel);
    this.logGroup = prepared.log.group;
    const child = startProcess(definition, network !== undefined, {
      cwd: definition.folder,
      env: taskEnvironment(definition, prepared, port, kernel),
      // Its own process group: Ctrl-C reaches only the local cloud, which ends tasks in order.
      detached: true,
    });
    this.#child = child;
    killWithParent(child);
    const { stack, logicalId: source } = origin;
    const from = { stack, source, ...(child.pid ? { pid: child.pid } : {}), ...prepared.log };
    if (network) watchConnections(child, (host, to) => network.decide(host, to));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) logLines(stream, from, kernel.log, onLine);
    }
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      // `close` fires after the last line is read.
      child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends SIGTERM, and SIGKILL when the stop timeout expires. Resolves when the task has ended. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), this.#stopTimeoutMs);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Starts the command of a task. In a network, a guard asks about each of its connections. */
function startProcess(
  { command }: TaskDefinition,
  isGuarded: boolean,
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'detached'>,
): ChildProcess {
  const [program = 'node', ...parameters] = command;
  if (program !== 'node') {
    if (isGuarded) throw new Error(`in a network, a task must run node instead of ${program}`);
    return spawn(program, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  }
  const guard = isGuarded ? GUARD_ARGUMENTS : [];
  return spawn(process.execPath, [...guard, ...parameters], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe', ...(isGuarded ? (['ipc'] as const) : [])],
  });
}
