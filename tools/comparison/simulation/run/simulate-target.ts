import type { Inventory } from '../../cost/index.ts';
import { LatencyHistogram } from '../../statistics/index.ts';
import { Simulation } from '../engine/simulation.ts';
import type { SimulationAssumed } from '../models/assumptions.ts';
import type { Ending, Outcome, Work } from '../models/call.ts';
import { CdnCache } from '../models/cdn-cache.ts';
import { Random } from '../random/random.ts';
import type { Arrivals } from '../traffic/arrival-stream.ts';
import { type Mix, stepOf } from './mix.ts';
import type { Moment, Simulated, SimulatedStep } from './simulated.ts';
import { type MeasuredWorks, SERVICE_OF, STEPS, type Step } from './step-works.ts';
import { type TargetModel, targetModel } from './target-model.ts';

export interface TargetOptions {
  readonly target: string;
  readonly inventory: Inventory;
  readonly works: MeasuredWorks;
  readonly assumed: SimulationAssumed;
  readonly mix: Mix;
  /** Makes the arrivals from a generator. */
  readonly arrivals: (random: Random) => Arrivals;
  readonly durationMs: number;
  readonly seed: number;
  readonly web?: boolean;
  readonly webEnvironments?: number;
  /** Called now and then with the share that is done. */
  readonly progress?: (share: number) => void;
  /** Ends the run early, with what it has. */
  readonly isStopped?: () => boolean;
}

type StepRecords = Record<Step, SimulatedStep & { readonly endings: Record<Ending, number> }>;

const MOMENTS = 120;
/** The environments that the templates allow. */
const WEB_ENVIRONMENTS = 20;
/** Pictures of the shop, in all widths and formats, and how unevenly they are asked for. */
const CDN = { objects: 2_000, exponent: 0.9, ttlMs: 24 * 3_600_000 };
const CDN_HIT_MS = 15;

/** Simulates a target under some traffic. The same options give the same result. */
export function simulateTarget(options: TargetOptions): Simulated {
  return new TargetRun(options).run();
}

class TargetRun {
  readonly #options: TargetOptions;
  readonly #simulation = new Simulation();
  readonly #random: Random;
  readonly #works: Random;
  readonly #model: TargetModel;
  readonly #arrivals: Arrivals;
  readonly #cache: CdnCache | undefined;
  readonly #steps: StepRecords;
  readonly #confirmed = new LatencyHistogram();
  readonly #moments: Moment[] = [];
  #window = new LatencyHistogram();
  #inWindow = { requests: 0, cold: 0, failed: 0 };
  #total = { requests: 0, cold: 0, failed: 0 };
  #peak = 0;

  constructor(options: TargetOptions) {
    const { seed, inventory, works, assumed, web = false } = options;
    this.#options = options;
    this.#random = new Random(seed);
    const [arrivals, model, cdn] = [
      this.#random.split(),
      this.#random.split(),
      this.#random.split(),
    ];
    this.#works = this.#random.split();
    const { webEnvironments = WEB_ENVIRONMENTS } = options;
    const simulation = this.#simulation;
    this.#model = targetModel({
      ...{ simulation, random: model, inventory, works, assumed, web, webEnvironments },
    });
    this.#arrivals = options.arrivals(arrivals);
    this.#cache = inventory.cdn && !web ? new CdnCache(cdn, CDN) : undefined;
    this.#steps = Object.fromEntries(
      STEPS.map((step) => [
        step,
        { latencies: new LatencyHistogram(), endings: { ok: 0, throttled: 0, overloaded: 0 } },
      ]),
    ) as StepRecords;
  }

  run(): Simulated {
    const { durationMs, target, inventory, web, progress, isStopped } = this.#options;
    this.#scheduleNext();
    for (let moment = 1; moment <= MOMENTS && !isStopped?.(); moment += 1) {
      this.#simulation.runUntil((moment / MOMENTS) * durationMs);
      this.#note();
      progress?.(moment / MOMENTS);
    }
    const { containers, webs } = this.#model;
    const taskMs = containers.reduce((sum, one) => sum + one.taskMs, 0);
    const { requests, cold, failed } = this.#total;
    return {
      target,
      steps: this.#steps,
      orderConfirmed: this.#confirmed,
      requests,
      coldShare: share(cold, requests),
      failedShare: share(failed, requests),
      moments: this.#moments,
      peakProcesses: this.#peak,
      meanTasks: share(taskMs, this.#simulation.now),
      reachedCap: inventory.tasks
        .map(({ service }) => service)
        .filter((_, index) => containers[index]?.reachedCap),
      ...(this.#cache && { cdnHitRate: share(this.#cache.hits, this.#cache.requests) }),
      ...(web && {
        web: {
          cpuMs: webs.reduce((sum, one) => sum + one.cpuMs, 0),
          environmentMs: webs.reduce((sum, one) => sum + one.environmentMs, 0),
        },
      }),
      events: this.#simulation.events,
    };
  }

  #scheduleNext(): void {
    const at = this.#arrivals();
    if (at === undefined || at > this.#options.durationMs) return;
    this.#simulation.after(Math.max(0, at - this.#simulation.now), () => {
      this.#request(stepOf(this.#options.mix, this.#random));
      this.#scheduleNext();
    });
  }

  /** Draws the work of one request around its measured mean. */
  #drawn({ cpuMs, waitMs }: Work): Work {
    const { variation } = this.#options.assumed;
    return {
      cpuMs: this.#works.lognormal(cpuMs, variation),
      waitMs: this.#works.lognormal(waitMs, variation),
    };
  }

  #request(step: Step): void {
    const since = this.#simulation.now;
    if (step === 'picture' && this.#cache?.isHit(since)) {
      this.#simulation.after(CDN_HIT_MS, () =>
        this.#ended(step, since, { ending: 'ok', cold: false }),
      );
      return;
    }
    const server = this.#model.services.get(SERVICE_OF[step]);
    server?.call(this.#drawn(this.#options.works.steps[step]), (outcome) => {
      this.#ended(step, since, outcome);
      if (step === 'place-order' && outcome.ending === 'ok') this.#handleOrder(since, 0);
    });
  }

  /** The messages of an order follow one another. */
  #handleOrder(since: number, at: number): void {
    const message = this.#options.works.messages[at];
    if (!message) {
      this.#confirmed.record(this.#simulation.now - since);
      return;
    }
    this.#model
      .messages(message.service)
      .handle(this.#drawn(message.work), () => this.#handleOrder(since, at + 1));
  }

  #ended(step: Step, since: number, { ending, cold }: Outcome): void {
    const { latencies, endings } = this.#steps[step];
    const ms = this.#simulation.now - since;
    endings[ending] += 1;
    for (const counts of [this.#inWindow, this.#total]) {
      counts.requests += 1;
      if (cold) counts.cold += 1;
      if (ending !== 'ok') counts.failed += 1;
    }
    if (ending !== 'ok') return;
    latencies.record(ms);
    this.#window.record(ms);
  }

  /** Notes what has happened since the last moment. */
  #note(): void {
    const { requests, cold, failed } = this.#inWindow;
    const windowMs = this.#options.durationMs / MOMENTS;
    const processes = [...this.#model.services.values()].reduce(
      (sum, one) => sum + one.processes(),
      0,
    );
    this.#peak = Math.max(this.#peak, processes);
    this.#moments.push({
      atMs: this.#simulation.now,
      requestsPerSecond: requests / (windowMs / 1_000),
      p50Ms: this.#window.count > 0 ? this.#window.quantile(0.5) : 0,
      p95Ms: this.#window.count > 0 ? this.#window.quantile(0.95) : 0,
      coldShare: share(cold, requests),
      failedShare: share(failed, requests),
      processes,
      oldestMessageMs: this.#model.oldestMessageMs(),
    });
    this.#window = new LatencyHistogram();
    this.#inWindow = { requests: 0, cold: 0, failed: 0 };
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
