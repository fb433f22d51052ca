import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationCount } from '@triptych/local-cloud';
import { type Journey, prepareJourney, type ShopRequest } from '../../../workloads/index.ts';
import type { ComparedTarget, LocalShop } from '../../part.ts';
import { processesOf, processorMs } from '../processes/process-use.ts';
import { operationsSince } from './operation-delta.ts';

/** A customer looks at an order this long after it was sent, and again; so most are looked at once. */
export const lookAfterMs = 500;
/** What an order sets off beyond its confirmation ends in this time, and what a process writes after its answer. */
const tailMs = { order: 300, answer: 100 };

export const workSteps = ['browse', 'picture', 'log-in', 'place-order'] as const;
export type WorkStep = (typeof workSteps)[number];

/** What some repetitions of one step took altogether. */
export interface StepWork {
  readonly step: WorkStep;
  readonly times: number;
  readonly seconds: number;
  /** Milliseconds by `service` and by `function` or `container`, idle work included. */
  readonly cpuMs: ReadonlyMap<string, number>;
  readonly operations: readonly OperationCount[];
  readonly requests: number;
  readonly bytesOut: number;
}

/** A local target with customers who are ready to go. */
export class WorkedTarget {
  readonly target: ComparedTarget;
  readonly local: LocalShop;
  readonly #journey: Journey;
  #requests = 0;
  #bytesOut = 0;

  private constructor(target: ComparedTarget, local: LocalShop, journey: Journey) {
    this.target = target;
    this.local = local;
    this.#journey = journey;
    const { shop } = journey;
    const ask = shop.ask.bind(shop);
    shop.ask = async (request: ShopRequest) => {
      if (request.method === 'GET' && request.path.startsWith('/payments/orders/')) {
        await sleep(lookAfterMs);
      }
      const answer = await ask(request);
      this.#requests += 1;
      this.#bytesOut += answer.body.length;
      return answer;
    };
  }

  /** @throws Error when the shop refuses */
  static async open(target: ComparedTarget, local: LocalShop, accounts: number) {
    const { baseUrl, admin } = target;
    return new WorkedTarget(target, local, await prepareJourney({ baseUrl, admin, accounts }));
  }

  /** Does one step `times` times, two at once, and waits for what it sets off. */
  async work(step: WorkStep, times: number, signal: AbortSignal): Promise<StepWork> {
    const { cloud } = this.local.shop;
    const operationsBefore = cloud.operations();
    const cpuBefore = this.#cpu();
    const [requests, bytesOut] = [this.#requests, this.#bytesOut];
    const since = performance.now();
    let left = times;
    // Orders mostly wait for the look at them: all of them at once.
    const atOnce = step === 'place-order' ? times : 2;
    const worker = async () => {
      for (; left > 0 && !signal.aborted; ) {
        left -= 1;
        await this.#once(step);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    await sleep(step === 'place-order' ? tailMs.order : tailMs.answer);
    const cpuMs = new Map<string, number>();
    for (const [pid, { key, ms }] of this.#cpu()) {
      const used = ms - (cpuBefore.get(pid)?.ms ?? 0);
      cpuMs.set(key, (cpuMs.get(key) ?? 0) + used);
    }
    return {
      step,
      times,
      seconds: (performance.now() - since) / 1000,
      cpuMs,
      operations: operationsSince(operationsBefore, cloud.operations()),
      requests: this.#requests - requests,
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
