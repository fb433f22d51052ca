import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { freePort } from '../free-port.ts';
import type { Kernel } from '../kernel.ts';
import { LAMBDA } from '../lambda/function-definition.ts';
import { logLines } from '../lambda/output-lines.ts';
import { killWithParent } from '../lambda/reaper.ts';
import { writableStream } from '../logs/index.ts';
import type { RevisionDefinition, WebFunctionDefinition } from './definitions.ts';
import { environmentVariables } from './environment-variables.ts';
import { ENTRY_POINT } from './read-revision.ts';
import { logSystemEvent, type SystemEvent } from './system-log.ts';
import { waitedForCoreMs, waitForPort } from './wait-for-port.ts';

/** A server must accept connections within this time. https://docs.aws.amazon.com/lambda/latest/dg/web-functions-env-lifecycle.html */
const START_TIMEOUT_MS = 10_000;
/** Time for cleaning up after SIGTERM. */
const STOP_TIMEOUT_MS = 1000;
/** V8's default heap limit in a Web Function. `NODE_OPTIONS` of the function may raise it. */
const HEAP_MB = 1024;

export type EnvironmentState = 'starting' | 'ready' | 'stopping' | 'ended';

export interface EnvironmentEvents {
  ready(environment: Environment): void;
  /** `failure` is set when it never became ready: the reason. */
  ended(environment: Environment, failure: string | undefined): void;
}

/** One process that serves many requests at once. */
export class Environment {
  state: EnvironmentState = 'starting';
  /** Requests that it is serving. */
  inFlight = 0;
  /** Requests that it has served or is serving. */
  served = 0;
  /** Since when it serves none, in epoch milliseconds. */
  idleSince = Date.now();
  /** Its code or settings are outdated. It finishes its requests and stops. */
  retired = false;
  readonly revision: RevisionDefinition;
  readonly startedAt = Date.now();
  /** Keeps its connections open between requests. */
  readonly agent = new http.Agent({ keepAlive: true });
  port = 0;
  initMs = 0;
  /** The group and stream of its log. Empty when its role may not write there. */
  readonly log: { readonly group?: string; readonly stream?: string };
  readonly #kernel: Kernel;
  readonly #owner: WebFunctionDefinition;
  readonly #events: EnvironmentEvents;
  readonly #starting = new AbortController();
  #child: ChildProcess | undefined;
  #failure: string | undefined;
  #isLate = false;
  #killTimer: NodeJS.Timeout | undefined;
  #resolveEnded: () => void = () => {};
  /** Resolves when the process has ended. */
  readonly whenEnded = new Promise<void>((resolve) => {
    this.#resolveEnded = resolve;
  });

  constructor(
    revision: RevisionDefinition,
    owner: WebFunctionDefinition,
    kernel: Kernel,
    events: EnvironmentEvents,
  ) {
    this.revision = revision;
    this.#owner = owner;
    this.#kernel = kernel;
    this.#events = events;
    const stream = logStreamName();
    this.log = writableStream({ group: revision.logGroup, stream }, revision.session, kernel);
    this.#start().catch((error: Error) => this.#end(error.message));
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async #start(): Promise<void> {
    this.#kernel.permissions.requireTrust(this.revision.roleArn, LAMBDA);
    this.port = await freePort();
    if (this.state !== 'starting') return;
    const child = startProcess(this.revision, this.port, this.#kernel);
    this.#child = child;
    killWithParent(child);
    for (const output of [child.stdout, child.stderr]) {
      if (output) logLines(output, this.#origin, this.#kernel.log);
    }
    child.once('error', (error) => this.#end(error.message));
    child.once('exit', (code, signal) => this.#end(`ended with ${signal ?? `exit code ${code}`}`));
    this.#note({ type: 'platform.initStart', record: {} });
    const isListening = await waitForPort({
      port: this.port,
      timeoutMs: START_TIMEOUT_MS,
      signal: this.#starting.signal,
      waitedForCoreMs: () => waitedForCoreMs(child.pid),
    });
    if (this.state !== 'starting') return;
    if (isListening) return this.#becomeReady();
    this.#isLate = true;
    this.#failure = `no connection on port ${this.port} within ${START_TIMEOUT_MS / 1000} s`;
    this.kill();
  }

  #becomeReady(): void {
    this.state = 'ready';
    this.idleSince = Date.now();
    this.initMs = this.idleSince - this.startedAt;
    const metrics = { durationMs: this.initMs };
    this.#note({ type: 'platform.initReport', record: { status: 'success', metrics } });
    this.#events.ready(this);
  }

  #end(reason: string): void {
    if (this.state === 'ended') return;
    // A process that was stopped while it started has not failed.
    const failure = this.#failure ?? (this.state === 'starting' ? reason : undefined);
    this.state = 'ended';
    this.#starting.abort();
    clearTimeout(this.#killTimer);
    this.agent.destroy();
    if (failure !== undefined) {
      const status = this.#isLate ? 'timeout' : 'error';
      const metrics = { durationMs: Date.now() - this.startedAt };
      const errorType = 'Application.InitCodeError';
      this.#note({ type: 'platform.initReport', record: { status, errorType, metrics } });
    }
    this.#events.ended(this, failure);
    this.#resolveEnded();
  }

  /** Sends SIGTERM, and SIGKILL after a second. The caller waits for its requests first. */
  async stop(): Promise<void> {
    if (this.state === 'ended') return;
    if (this.state !== 'stopping') {
      const wasReady = this.state === 'ready';
      this.state = 'stopping';
      this.#starting.abort();
      if (!this.#child) this.#end('stopped');
      else {
        if (wasReady) this.#note({ type: 'platform.spinDownStart', record: {} });
        this.#child.kill('SIGTERM');
        this.#killTimer = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_TIMEOUT_MS);
      }
    }
    await this.whenEnded;
  }

  /** Ends the process at once. Its requests fail. */
  kill(): void {
    if (this.state === 'ended') return;
    if (this.state === 'starting') this.#failure ??= 'killed';
    this.state = 'stopping';
    this.#starting.abort();
    if (this.#child) this.#child.kill('SIGKILL');
    else this.#end('killed');
  }

  #note(event: SystemEvent): void {
    logSystemEvent(event, this.revision.systemLogLevel, this.#origin, this.#kernel.log);
  }

  get #origin() {
    const { stack, logicalId: source } = this.#owner;
    return { stack, source, ...(this.pid ? { pid: this.pid } : {}), ...this.log };
  }
}

function startProcess(
  revision: RevisionDefinition,
  port: number,
  kernel: Pick<Kernel, 'awsEnvironment'>,
): ChildProcess {
  const { folder, variables } = revision;
  const raisesHeap = variables.NODE_OPTIONS?.includes('max-old-space-size') ?? false;
  const heap = raisesHeap ? [] : [`--max-old-space-size=${HEAP_MB}`];
  return spawn(process.execPath, [...heap, variables[ENTRY_POINT] ?? 'index.js'], {
    cwd: folder,
    env: environmentVariables(revision, port, kernel),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: Ctrl-C reaches only the local cloud, which ends environments in order.
    detached: true,
  });
}

/** A name in the form of Lambda's stream names. The form for Web Functions is not documented. */
function logStreamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/${randomBytes(16).toString('hex')}`;
}
