import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationCount } from '@triptych/local-cloud';
import { type Journey, prepareJourney, type ShopRequest } from '../../../workloads/index.ts';
import type { ComparedTarget, LocalShop } from '../../part.ts';
import { environmentMiB, processesOf, processorMs } from '../processes/process-use.ts';
import { operationsSince } from './operation-delta.ts';

/** A customer polls an order at this interval, first after one interval, so most orders are polled once. */
export const POLL_MS = 500;
/** Time for the work after an order's confirmation, and for log lines after an answer. */
const TAIL_MS = { order: 300, answer: 100 };

export const WORK_STEPS = ['browse', 'picture', 'log-in', 'place-order'] as const;
export type WorkStep = (typeof WORK_STEPS)[number];

/** The total work of several repetitions of one step. */
export interface StepWork {
  readonly step: WorkStep;
  readonly times: number;
  readonly seconds: number;
  /** CPU milliseconds by kind and service, such as `function catalog`, including idle work. */
  readonly cpuMs: ReadonlyMap<string, number>;
  readonly operations: readonly OperationCount[];
  readonly requests: number;
  /** Requests by the first segment of their path, which is the service that answers them. */
  readonly requestsOf: ReadonlyMap<string, number>;
  /** Mean memory of an environment, by service, if Web Functions run. */
  readonly environmentMiB: ReadonlyMap<string, number>;
  readonly bytesOut: number;
}

/** A local target with prepared customers, whose work is measured. */
export class WorkedTarget {
  readonly target: ComparedTarget;
  readonly local: LocalShop;
  readonly #journey: Journey;
  readonly #requestsOf = new Map<string, number>();
  #bytesOut = 0;

  private constructor(target: ComparedTarget, local: LocalShop, journey: Journey) {
    this.target = target;
    this.local = local;
    this.#journey = journey;
    const { shop } = journey;
    const ask = shop.ask.bind(shop);
    shop.ask = async (request: ShopRequest) => {
      if (request.method === 'GET' && request.path.startsWith('/payments/orders/')) {
        await sleep(POLL_MS);
      }
      const answer = await ask(request);
      const service = serviceOf(request.path);
      this.#requestsOf.set(service, (this.#requestsOf.get(service) ?? 0) + 1);
      this.#bytesOut += answer.body.length;
      return answer;
    };
  }

  /** Prepares the customers. @throws Error if the shop rejects a request */
  static async open(target: ComparedTarget, local: LocalShop, accounts: number) {
    const { baseUrl, admin } = target;
    return new WorkedTarget(target, local, await prepareJourney({ baseUrl, admin, accounts }));
  }

  /** Runs one step `times` times, two at a time, and waits for the work that it triggers. */
  async work(step: WorkStep, times: number, signal: AbortSignal): Promise<StepWork> {
    const { cloud } = this.local.shop;
    const operationsBefore = cloud.operations();
    const cpuBefore = this.#cpu();
    const [requestsBefore, bytesOut] = [new Map(this.#requestsOf), this.#bytesOut];
    const since = performance.now();
    let left = times;
    // Orders mostly wait to be polled, so all of them run at once.
    const atOnce = step === 'place-order' ? times : 2;
    const worker = async () => {
      for (; left > 0 && !signal.aborted; ) {
        left -= 1;
        await this.#once(step);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    await sleep(step === 'place-order' ? TAIL_MS.order : TAIL_MS.answer);
    const cpuMs = new Map<string, number>();
    for (const [pid, { key, ms }] of this.#cpu()) {
      const used = ms - (cpuBefore.get(pid)?.ms ?? 0);
      cpuMs.set(key, (cpuMs.get(key) ?? 0) + used);
    }
    const requestsOf = new Map(
      [...this.#requestsOf].map(([service, count]) => [
        service,
        count - (requestsBefore.get(service) ?? 0),
      ]),
    );
    return {
      step,
      times,
      seconds: (performance.now() - since) / 1000,
      cpuMs,
      operations: operationsSince(operationsBefore, cloud.operations()),
      requests: [...requestsOf.values()].reduce((sum, count) => sum + count, 0),
      requestsOf,
      environmentMiB: environmentMiB(this.local),
      bytesOut: this.#bytesOut - bytesOut,
    };
  }

  #once(step: WorkStep): Promise<unknown> {
    if (step === 'browse') return this.#journey.browse();
    if (step === 'picture') return this.#journey.picture();
    return step === 'log-in' ? this.#journey.logIn() : this.#journey.order();
  }

  #cpu(): Map<number, { key: string; ms: number }> {
    return new Map(
      processesOf(this.local).map(({ pid, service, kind }) => [
        pid,
        { key: `${kind} ${service}`, ms: processorMs(pid) ?? 0 },
      ]),
    );
  }

  close(): void {
    this.#journey.close();
  }
}

function serviceOf(path: string): string {
  return /^\/([a-z]+)\//.exec(path)?.[1] ?? 'other';
}
