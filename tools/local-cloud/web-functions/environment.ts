import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import type { Kernel } from '../kernel.ts';
import { logLines } from '../lambda/output-lines.ts';
import { killWithParent } from '../lambda/reaper.ts';
import { machineEnvironment } from '../lambda/sandbox-environment.ts';
import { writableStream } from '../logs/index.ts';
import type { Revision } from './revision.ts';

/** The server must listen within this time. AWS Lambda Developer Guide, "Web functions: runtimes" */
const LISTEN_TIMEOUT_MS = 10_000;
/** Between SIGTERM and the end. AWS Lambda Developer Guide, "Web functions: environment lifecycle" */
const STOP_TIMEOUT_MS = 1_000;
const POLL_MS = 10;
/** The default of V8 in an environment of 2 GB. */
const HEAP_MB = 1_024;

/** One process that answers many requests at once. */
export class Environment {
  readonly startedAt = Date.now();
  readonly revision: Revision;
  /** Resolves with the port on which the server listens. Rejects with the reason why it never does. */
  readonly listening: Promise<number>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  /** Requests that it is answering. */
  inFlight = 0;
  /** Since when it has no requests, in epoch milliseconds. */
  idleSince = Date.now();
  isListening = false;
  isEnding = false;
  readonly log: { readonly group?: string; readonly stream?: string };
  #child: ChildProcess | undefined;
  #end: () => void = () => {};

  constructor(revision: Revision, kernel: Kernel) {
    this.revision = revision;
    const { logGroup: group, session } = revision;
    // Without permission, the function runs and its log is lost, as on AWS.
    this.log = writableStream({ group, stream: randomBytes(16).toString('hex') }, session, kernel);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.listening = this.#start(kernel);
    this.listening.catch(() => this.kill());
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async #start(kernel: Kernel): Promise<number> {
    const { stack, logicalId, entry, folder, session, variables, roleArn } = this.revision;
    kernel.permissions.requireTrust(roleArn, 'lambda.amazonaws.com');
    const port = await freePort();
    if (this.isEnding) {
      this.#end();
      throw new Error('it was ended before it started');
    }
    // On AWS the address is 0.0.0.0:3000. Here environments share a machine, which must not expose them.
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, entry], {
      cwd: folder,
      env: {
        ...machineEnvironment(),
        ...kernel.awsEnvironment(session.credentials),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'native-http',
        ...variables,
        AWS_LAMBDA_HTTP_ENDPOINT: `127.0.0.1:${port}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group: Ctrl-C reaches only the local cloud, which ends environments in order.
      detached: true,
    });
    this.#child = child;
    killWithParent(child);
    const pid = child.pid ? { pid: child.pid } : {};
    const origin = { stack, source: logicalId, ...pid, ...this.log };
    let lastLine = '';
    for (const stream of [child.stdout, child.stderr]) {
      logLines(stream, origin, kernel.log, (text) => {
        lastLine = text;
      });
    }
    let exit: string | undefined;
    const ended = (reason: string) => {
      exit ??= reason;
      this.isEnding = true;
      this.#end();
    };
    child.once('error', (error) => ended(error.message));
    child.once('close', (code, signal) => ended(signal ?? `exit code ${code}`));
    const deadline = Date.now() + LISTEN_TIMEOUT_MS;
    while (!(await accepts(port))) {
      if (exit !== undefined) throw new Error(`the process ended (${exit}): ${lastLine}`);
      if (Date.now() > deadline) {
        throw new Error(
          `nothing listens on AWS_LAMBDA_HTTP_ENDPOINT after ${LISTEN_TIMEOUT_MS} ms`,
        );
      }
      await sleep(POLL_MS);
    }
    this.isListening = true;
    this.idleSince = Date.now();
    return port;
  }

  /** Sends SIGTERM, and SIGKILL a second later. Resolves when the process has ended. */
  async stop(): Promise<void> {
    this.isEnding = true;
    if (!this.#child) return this.kill();
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), STOP_TIMEOUT_MS);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.isEnding = true;
    if (this.#child) this.#child.kill('SIGKILL');
    else this.#end();
  }
}

/** Whether something accepts connections on a port of this machine. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
