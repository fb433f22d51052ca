import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Kernel } from '../kernel.ts';
import { writableStream } from '../logs/index.ts';
import { type FunctionDefinition, LAMBDA } from './function-definition.ts';
import { exited, initTimedOut, responseTooLarge, timedOut } from './invocation-errors.ts';
import type { InvocationLog } from './invocation-log.ts';
import { logLines } from './output-lines.ts';
import { canFreeze, killWithParent } from './reaper.ts';
import { MAX_RESPONSE_BYTES, type RuntimeInvocation, startRuntimeApi } from './runtime-api.ts';
import { sandboxEnvironment } from './sandbox-environment.ts';

const BOOTSTRAP = fileURLToPath(new URL('./bootstrap/bootstrap.mjs', import.meta.url));

/** Timeout of the init phase. AWS allows 10 s and then the function's own timeout. */
const INIT_TIMEOUT_MS = 10_000;

/** Share of the memory size that the heap can use, as in AWS's runtime. */
const HEAP_SHARE = 0.9;

/** A sandbox is `returning` between its answer and its next request for work. */
export type SandboxState = 'starting' | 'idle' | 'busy' | 'returning' | 'ended' | 'dying';

export interface SandboxAnswer {
  readonly payload: Buffer;
  readonly functionError?: 'Unhandled';
}

/** Notifications to the owner of a sandbox. */
export interface SandboxEvents {
  idle(sandbox: Sandbox): void;
  /** `initFailure` is set when the sandbox never became ready. */
  ended(sandbox: Sandbox, initFailure: Buffer | undefined): void;
}

/** One process that runs one function, one invocation at a time. */
export class Sandbox {
  state: SandboxState = 'starting';
  /** Time of the last state change, in epoch milliseconds. */
  since = Date.now();
  served = 0;
  initMs = 0;
  /** Its artifact is outdated. It finishes its in-flight invocation and ends. */
  retired = false;
  readonly startedAt = Date.now();
  readonly logStream = logStreamName();
  /** The group and stream of its log. Empty when its role may not write there. */
  readonly log: { readonly group?: string; readonly stream?: string };
  /** The logs of invocations whose output is not complete. */
  readonly #collecting = new Set<InvocationLog>();
  readonly #definition: FunctionDefinition;
  readonly #events: SandboxEvents;
  #child: ChildProcess | undefined;
  #closeApi = (): void => {};
  #send: ((invocation: RuntimeInvocation) => void) | undefined;
  #current: { requestId: string; settle(answer: SandboxAnswer): void } | undefined;
  #initError: Buffer | undefined;
  #frozen = false;
  #ended: () => void = () => {};
  /** Resolves when the process has ended. */
  readonly whenEnded = new Promise<void>((resolve) => {
    this.#ended = resolve;
  });

  constructor(definition: FunctionDefinition, kernel: Kernel, events: SandboxEvents) {
    this.#definition = definition;
    this.#events = events;
    const { session, logGroup: group } = definition;
    // Without permission, the function runs and its log is lost, as on AWS.
    this.log = writableStream({ group, stream: this.logStream }, session, kernel);
    this.#start(kernel).catch((error: Error) => {
      const failure = { errorType: 'ServiceException', errorMessage: error.message };
      this.#end(Buffer.from(JSON.stringify(failure)));
    });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async #start(kernel: Kernel): Promise<void> {
    const definition = this.#definition;
    kernel.permissions.requireTrust(definition.roleArn, LAMBDA);
    const api = await startRuntimeApi({
      next: (send) => this.#onNext(send),
      response: (requestId, payload) => this.#settle(requestId, { payload }),
      tooLarge: (requestId) => this.#fail(requestId, responseTooLarge(MAX_RESPONSE_BYTES)),
      error: (requestId, payload) => this.#fail(requestId, payload),
      initError: (payload) => {
        this.#initError = payload;
      },
    });
    this.#closeApi = api.close;
    if (this.state === 'ended') return api.close();
    const heapMb = Math.floor(definition.memoryMb * HEAP_SHARE);
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, BOOTSTRAP], {
      cwd: definition.taskRoot,
      env: sandboxEnvironment(definition, kernel, api.address, this.logStream),
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group: Ctrl-C reaches only the local cloud, which ends sandboxes in order.
      detached: true,
    });
    this.#child = child;
    killWithParent(child);
    const { stack, logicalId } = definition;
    const pid = child.pid ? { pid: child.pid } : {};
    const origin = { stack, source: logicalId, ...pid, ...this.log };
    for (const name of ['stdout', 'stderr'] as const) {
      logLines(child[name], origin, (line) => {
        const marks = [...this.#collecting].map((log) => log.take(name, line.text));
        if (!marks.includes(true)) kernel.log(line);
      });
    }
    // `close` fires after the last line is read.
    child.once('close', () => {
      for (const log of this.#collecting) log.end();
    });
    const initTimeoutMs = INIT_TIMEOUT_MS + definition.timeoutMs;
    const timer = setTimeout(() => {
      if (this.state !== 'starting') return;
      this.#initError = initTimedOut(randomUUID(), initTimeoutMs);
      this.kill();
    }, initTimeoutMs).unref();
    child.once('error', () => this.#end(exited(randomUUID(), 1, null)));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      const failure = exited(this.#current?.requestId ?? randomUUID(), code, signal);
      this.#end(this.#initError ?? failure);
    });
  }

  #become(state: SandboxState): void {
    this.state = state;
    this.since = Date.now();
  }

  #onNext(send: (invocation: RuntimeInvocation) => void): void {
    if (this.state === 'ended' || this.state === 'dying') return;
    if (this.state === 'starting') this.initMs = Date.now() - this.startedAt;
    this.#send = send;
    this.#become('idle');
    this.#events.idle(this);
  }

  #settle(requestId: string, answer: SandboxAnswer): void {
    if (this.#current?.requestId !== requestId) return;
    const { settle } = this.#current;
    this.#current = undefined;
    if (this.state === 'busy') this.#become('returning');
    settle(answer);
  }

  #fail(requestId: string, payload: Buffer): void {
    this.#settle(requestId, { payload, functionError: 'Unhandled' });
  }

  #end(failure: Buffer): void {
    if (this.state === 'ended') return;
    const neverReady = this.state === 'starting';
    this.#become('ended');
    this.#closeApi();
    if (this.#current) this.#fail(this.#current.requestId, failure);
    this.#events.ended(this, neverReady ? failure : undefined);
    this.#ended();
  }

  /** Freezes the process until its next invocation, as Lambda does. */
  freeze(): void {
    if (this.state !== 'idle' || !canFreeze || this.#frozen) return;
    this.#frozen = this.#child?.kill('SIGSTOP') ?? false;
  }

  /**
   * Runs one invocation. Kills the process when the function's timeout expires.
   * @param log collects the output
   * @throws Error when the sandbox is not idle
   */
  invoke(requestId: string, payload: Buffer, log?: InvocationLog): Promise<SandboxAnswer> {
    const send = this.#send;
    if (this.state !== 'idle' || !send) throw new Error('sandbox is not idle');
    const { timeoutMs, arn, version } = this.#definition;
    this.#send = undefined;
    this.served += 1;
    this.#become('busy');
    if (log) {
      this.#collecting.add(log);
      void log.complete.then(() => this.#collecting.delete(log));
    }
    if (this.#frozen) this.#child?.kill('SIGCONT');
    this.#frozen = false;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#fail(requestId, timedOut(requestId, timeoutMs));
        this.kill();
      }, timeoutMs);
      const settle = (answer: SandboxAnswer): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#current = { requestId, settle };
      const time = Math.floor(Date.now() / 1000).toString(16);
      const traceId = `Root=1-${time}-${randomBytes(12).toString('hex')};Sampled=0`;
      const deadlineMs = Date.now() + timeoutMs;
      const logEnd = log ? { logEnd: log.marker } : {};
      const functionArn = version === undefined ? arn : `${arn}:${version}`;
      send({ requestId, deadlineMs, functionArn, traceId, payload, ...logEnd });
    });
  }

  /** Kills the process. An in-flight invocation is answered with `Runtime.ExitError`. */
  kill(): void {
    // A dying process must not receive more work.
    if (this.state === 'idle' || this.state === 'returning') this.#become('dying');
    if (this.#child) this.#child.kill('SIGKILL');
    else this.#end(exited(randomUUID(), null, 'SIGKILL'));
  }
}

/** The form of Lambda's stream names: `2026/01/31/[$LATEST]` and 32 hex digits. */
function logStreamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
