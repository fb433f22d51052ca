import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** The period of the quota. The process runs for a share of it and is stopped for the rest. */
const PERIOD_MS = 20;

/** The code of a separate thread, because timers of a busy event loop are late. `Atomics.wait` is precise to fractions of a millisecond. */
const source = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { pid, runMs, stillMs, over } = workerData;
  const ended = new Int32Array(over);
  const signal = (name) => { try { process.kill(pid, name); return true; } catch { return false; } };
  parentPort.postMessage('ready');
  while (Atomics.load(ended, 0) === 0) {
    if (!signal('SIGSTOP')) break;
    Atomics.wait(ended, 0, 0, stillMs);
    if (!signal('SIGCONT')) break;
    Atomics.wait(ended, 0, 0, runMs);
  }
  signal('SIGCONT');
`;

/**
 * Limits a process to a share of one core: in every 20 ms it runs for that share and is stopped for the rest. This is coarser
 * than a kernel quota, which counts CPU time, but needs no privileges and no control groups.
 * @param share above 0; there is no limit from 1 on
 * @returns a function that ends the limit and resumes the process
 * @throws RangeError for a share that is not above 0
 */
export async function limitToCoreShare(pid: number, share: number): Promise<() => Promise<void>> {
  if (!(share > 0)) throw new RangeError(`a share of a core must be above 0, not ${share}`);
  if (share >= 1) return async () => {};
  const over = new SharedArrayBuffer(4);
  const runMs = PERIOD_MS * share;
  const workerData = { pid, runMs, stillMs: PERIOD_MS - runMs, over };
  const worker = new Worker(source, { eval: true, workerData });
  // If the process ends, the thread ends too, usually before the caller ends the limit.
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  await once(worker, 'message');
  return async () => {
    Atomics.store(new Int32Array(over), 0, 1);
    Atomics.notify(new Int32Array(over), 0);
    await exited;
  };
}
