import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, type Invocation, type Kernel } from '../kernel.ts';
import { type FunctionDefinition, LATEST } from './function-definition.ts';
import { InvocationLog } from './invocation-log.ts';
import { billedMs, initReportLine, reportLine } from './report-line.ts';
import { Sandbox, type SandboxAnswer } from './sandbox.ts';

/** Longest wait for a sandbox when all are busy and the limit is reached. */
const MAX_WAIT_MS = 30_000;
const IDLE_CHECK_MS = 1_000;
/** A sandbox that has answered should ask for work within this time. After it, a new one starts. */
const RETURN_MS = 1_000;
/** Longest wait for the output of an invocation whose caller asks for its log. */
const LOG_WAIT_MS = 5_000;

export interface InvokeOptions {
  /** Return the end of the log with the answer. */
  readonly withLog?: boolean;
}

interface Waiter {
  readonly requestId: string;
  readonly payload: Buffer;
  readonly log?: InvocationLog;
  readonly timer: NodeJS.Timeout;
  resolve(invocation: Invocation): void;
  reject(error: Error): void;
}

/** The fields of an error answer that the pool reads. */
interface FunctionFault {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** The sandboxes of one function. Dispatches invocations, scales out, and ends idle sandboxes. */
export class SandboxPool {
  readonly definition: FunctionDefinition;
  readonly #kernel: Kernel;
  readonly #sandboxes = new Set<Sandbox>();
  readonly #waiting: Waiter[] = [];
  readonly #idleCheck: NodeJS.Timeout;
  #closed = false;

  constructor(definition: FunctionDefinition, kernel: Kernel) {
    this.definition = definition;
    this.#kernel = kernel;
    this.#idleCheck = setInterval(() => this.#endIdle(), IDLE_CHECK_MS).unref();
  }

  get sandboxes(): readonly Sandbox[] {
    return [...this.#sandboxes];
  }

  /**
   * Runs one invocation.
   * @throws AwsError `TooManyRequestsException` (429) when no sandbox becomes free in time, or
   *   `ServiceException` (500) when the pool stops
   */
  invoke(payload: Buffer, { withLog = false }: InvokeOptions = {}): Promise<Invocation> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new AwsError('ServiceException', 'Stopping', 500));
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429));
      }, MAX_WAIT_MS);
      const requestId = randomUUID();
      const log = withLog ? { log: new InvocationLog(requestId) } : {};
      const waiter: Waiter = { requestId, payload, timer, resolve, reject, ...log };
      this.#waiting.push(waiter);
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const idle = this.sandboxes.filter((sandbox) => sandbox.state === 'idle');
    // Reuse the most recently used sandbox, so that the others reach their idle timeout.
    idle.sort((a, b) => a.since - b.since);
    while (this.#waiting.length > 0 && idle.length > 0) {
      const sandbox = idle.pop();
      const waiter = this.#waiting.shift();
      if (sandbox && waiter) void this.#run(sandbox, waiter);
    }
    if (this.#waiting.length > 0) this.#scaleOut();
  }

  #scaleOut(): void {
    const now = Date.now();
    let expected = 0;
    for (const { state, since } of this.#sandboxes) {
      if (state === 'starting') expected += 1;
      if (state === 'returning' && now - since < RETURN_MS) {
        expected += 1;
        setTimeout(() => this.#dispatch(), RETURN_MS).unref();
      }
    }
    const wanted = this.#waiting.length - expected;
    const { maxSandboxes } = this.#kernel.sandboxes;
    const allowed = Math.min(maxSandboxes, this.definition.maxSandboxes) - this.#sandboxes.size;
    for (let i = 0; i < Math.min(wanted, allowed); i += 1) this.#startSandbox();
  }

  #startSandbox(): void {
    const sandbox = new Sandbox(this.definition, this.#kernel, {
      idle: (ready) => {
        if (ready.retired) return ready.kill();
        this.#dispatch();
        ready.freeze();
      },
      ended: (ended, initFailure) => {
        this.#sandboxes.delete(ended);
        if (initFailure) this.#failOne(ended, initFailure);
        if (!this.#closed) this.#dispatch();
      },
    });
    this.#sandboxes.add(sandbox);
  }

  /** Fails one waiting invocation, because the sandbox that was started for it did not load. */
  #failOne(sandbox: Sandbox, payload: Buffer): void {
    const { errorType = 'Unknown' } = JSON.parse(payload.toString()) as Partial<FunctionFault>;
    this.#log(sandbox, initReportLine(Date.now() - sandbox.startedAt, errorType));
    const waiter = this.#waiting.shift();
    if (!waiter) return;
    clearTimeout(waiter.timer);
    const log = waiter.log ? { log: Buffer.from(`${payload}\n`) } : {};
    waiter.resolve({ payload, functionError: 'Unhandled', cold: true, ...log });
  }

  async #run(sandbox: Sandbox, waiter: Waiter): Promise<void> {
    clearTimeout(waiter.timer);
    const cold = sandbox.served === 0;
    const startedAt = performance.now();
    const { version = LATEST } = this.definition;
    waiter.log?.add(`START RequestId: ${waiter.requestId} Version: ${version}`);
    const answer = await sandbox.invoke(waiter.requestId, waiter.payload, waiter.log);
    const durationMs = performance.now() - startedAt;
    if (!waiter.log) waiter.resolve({ ...answer, cold });
    const { memoryMb } = this.definition;
    const initMs = cold ? sandbox.initMs : undefined;
    const { pid } = sandbox;
    this.#kernel.operations.add(
      {
        service: 'lambda',
        operation: 'Invoke',
        resource: this.definition.logicalId,
        stack: this.definition.stack,
      },
      {
        billedMs: billedMs({ durationMs, initMs }),
        initMs: initMs ?? 0,
        cold: cold ? 1 : 0,
      },
    );
    const report = reportLine({ requestId: waiter.requestId, durationMs, memoryMb, initMs, pid });
    // As on AWS, a crash or a timeout appears in the log, not only in the answer.
    const crash = crashMessage(answer);
    if (crash) this.#log(sandbox, crash);
    this.#log(sandbox, report);
    const { log } = waiter;
    if (!log) return;
    await Promise.race([log.complete, sleep(LOG_WAIT_MS, undefined, { ref: false })]);
    if (crash) log.add(crash);
    log.add(`END RequestId: ${waiter.requestId}`);
    log.add(report);
    waiter.resolve({ ...answer, cold, log: log.tail() });
  }

  #log({ pid, log }: Sandbox, text: string): void {
    const { stack, logicalId: source } = this.definition;
    const process = pid ? { pid } : {};
    this.#kernel.log({ at: Date.now(), stack, source, ...process, ...log, text });
  }

  #endIdle(): void {
    const now = Date.now();
    for (const sandbox of this.#sandboxes) {
      const { idleTimeoutMs } = this.#kernel.sandboxes;
      if (sandbox.state === 'idle' && now - sandbox.since > idleTimeoutMs) sandbox.kill();
    }
  }

  /** Retires all current sandboxes. Later invocations start new ones with the new artifact. */
  retire(): void {
    for (const sandbox of this.#sandboxes) {
      sandbox.retired = true;
      if (sandbox.state === 'idle') sandbox.kill();
    }
  }

  /** Kills every sandbox. Returns their number. */
  kill(): number {
    const running = this.sandboxes;
    for (const sandbox of running) sandbox.kill();
    return running.length;
  }

  /** Lets in-flight invocations finish within `graceMs`, then ends every process. */
  async stop(graceMs: number): Promise<void> {
    this.#closed = true;
    clearInterval(this.#idleCheck);
    for (const waiter of this.#waiting.splice(0)) {
      clearTimeout(waiter.timer);
      waiter.reject(new AwsError('ServiceException', 'Stopping', 500));
    }
    const deadline = Date.now() + graceMs;
    const busy = (): boolean => this.sandboxes.some((sandbox) => sandbox.state === 'busy');
    while (busy() && Date.now() < deadline) await sleep(20);
    const ended = this.sandboxes.map((sandbox) => sandbox.whenEnded);
    this.kill();
    await Promise.all(ended);
  }
}

/** The message of a crash or a timeout. Undefined for an answer and for an error of the handler. */
function crashMessage({ functionError, payload }: SandboxAnswer): string | undefined {
  if (!functionError) return undefined;
  const { errorMessage = '' } = JSON.parse(payload.toString()) as Partial<FunctionFault>;
  return errorMessage.startsWith('RequestId:') ? errorMessage : undefined;
}
