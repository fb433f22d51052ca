import { spawn } from 'node:child_process';
import { logLines } from '../lambda/output-lines.ts';
import { endWithUs } from '../lambda/reaper.ts';
import { taskEnvironment } from './task-environment.ts';
/** One running process of a service. */
export class Task {
  port;
  startedAt = Date.now();
  /** Resolves with how it ended. */
  ended;
  #child;
  #stopTimeoutMs;
  constructor(definition, port, origin, kernel, onLine) {
    this.port = port;
    this.#stopTimeoutMs = definition.stopTimeoutMs;
    const [program = 'node', ...parameters] = definition.command;
    const child = spawn(program === 'node' ? process.execPath : program, parameters, {
      cwd: definition.folder,
      env: taskEnvironment(definition, port, kernel),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the terminal is for us, and we end our processes in order.
      detached: true,
    });
    this.#child = child;
    endWithUs(child);
    const { stack, logicalId: source } = origin;
    const from = { stack, source, ...(child.pid ? { pid: child.pid } : {}) };
    for (const stream of [child.stdout, child.stderr]) {
      logLines(stream, from, kernel.log, onLine);
    }
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      // `close` comes after the last line has been read.
      child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
  }
  get pid() {
    return this.#child.pid;
  }
  /** SIGTERM, then SIGKILL when it has not ended within its stop time-out or `graceMs`. */
  async stop(graceMs = Number.POSITIVE_INFINITY) {
    this.#child.kill('SIGTERM');
    const patienceMs = Math.min(this.#stopTimeoutMs, graceMs);
    const timer = setTimeout(() => this.kill(), patienceMs);
    await this.ended;
    clearTimeout(timer);
  }
  kill() {
    this.#child.kill('SIGKILL');
  }
}
