import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A quota's period; a share of it the process runs, the rest it stands still. */
const periodMs = 20;

/** A thread of its own, because timers of a busy event loop come late; `Atomics.wait` sleeps to fractions of a millisecond. */
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
 * Gives a process a share of one core by the clock: in every 20 ms it runs for that share and is stopped for the rest. Coarser
 * than a kernel's quota, which counts processor time, but needs no rights and no control groups.
 * @param share above 0; from 1 on nothing is held back
 * @returns ends it, once the process goes on
 * @throws RangeError for a share that is not above 0
 */
export async function limitToCoreShare(pid: number, share: number): Promise<() => Promise<void>> {
  if (!(share > 0)) throw new RangeError(`a share of a core is above 0, not ${share}`);
  if (share >= 1) return async () => {};
  const over = new SharedArrayBuffer(4);
  const runMs = periodMs * share;
  const workerData = { pid, runMs, stillMs: periodMs - runMs, over };
  const worker = new Worker(source, { eval: true, workerData });
  // From here on: where the process has ended the thread has too, long before anybody ends it.
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
