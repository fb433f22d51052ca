import { SharedProcessor } from '../engine/shared-processor.ts';
import type { Simulation } from '../engine/simulation.ts';
import { OK, type Outcome, OVERLOADED, type Server, type Work } from './call.ts';

export interface ServiceSettings {
  readonly vcpu: number;
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Processor utilization that scaling aims at, from 0 to 1. */
  readonly target: number;
  /** Draws the time until a new task answers, in milliseconds. */
  readonly startMs: () => number;
  /** Datapoints of a minute above the target before tasks are added. */
  readonly outAfter: number;
  /** Datapoints below 90 % of the target before tasks are removed. */
  readonly inAfter: number;
  /** A request is rejected when it would wait longer for the processor. */
  readonly overloadMs: number;
}

interface Task {
  readonly processor: SharedProcessor;
  /** Its busy time at the last reading of the metric. */
  readMs: number;
}

/** AWS publishes the metric of a service once a minute. */
const PERIOD_MS = 60_000;
const SCALE_IN_SHARE = 0.9;

/**
 * A service on Fargate behind a load balancer that takes its tasks in turn. Requests share the processor of their task. The
 * number of tasks follows a target utilization.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export class FargateService implements Server {
  readonly #simulation: Simulation;
  readonly #settings: ServiceSettings;
  readonly #tasks: Task[] = [];
  #next = 0;
  #starting = 0;
  #above = 0;
  #below: number[] = [];
  #atCap = false;
  /** Tasks times milliseconds. */
  taskMs = 0;
  #countedAt = 0;

  constructor(simulation: Simulation, settings: ServiceSettings) {
    this.#simulation = simulation;
    this.#settings = settings;
    for (let n = 0; n < settings.minTasks; n += 1) this.#add();
    simulation.after(PERIOD_MS, () => this.#scale());
  }

  /** Node runs JavaScript on one core, however many a task has. */
  get #speed(): number {
    return Math.min(1, this.#settings.vcpu);
  }

  /** Whether scaling has wanted more tasks than the template allows. */
  get reachedCap(): boolean {
    return this.#atCap;
  }

  #add(): void {
    this.#count();
    this.#tasks.push({ processor: new SharedProcessor(this.#simulation, this.#speed), readMs: 0 });
  }

  #count(): void {
    this.taskMs += (this.#simulation.now - this.#countedAt) * this.#tasks.length;
    this.#countedAt = this.#simulation.now;
  }

  call(work: Work, done: (outcome: Outcome) => void): void {
    this.#next = (this.#next + 1) % this.#tasks.length;
    const task = this.#tasks[this.#next] as Task;
    const delayMs = (task.processor.running * work.cpuMs) / this.#speed;
    if (delayMs > this.#settings.overloadMs) {
      done(OVERLOADED);
      return;
    }
    task.processor.start(work.cpuMs, () => this.#simulation.after(work.waitMs, () => done(OK)));
  }

  processes(): number {
    this.#count();
    return this.#tasks.length;
  }

  /** Reads the metric of the last minute, and adds or removes tasks. */
  #scale(): void {
    const { target, outAfter, inAfter } = this.#settings;
    const utilization = this.#utilization();
    this.#above = utilization > target ? this.#above + 1 : 0;
    this.#below = utilization < SCALE_IN_SHARE * target ? [...this.#below, utilization] : [];
    if (this.#above >= outAfter && this.#starting === 0) this.#scaleOut(utilization);
    else if (this.#below.length >= inAfter) this.#scaleIn(Math.max(...this.#below));
    this.#simulation.after(PERIOD_MS, () => this.#scale());
  }

  #utilization(): number {
    let busyMs = 0;
    for (const task of this.#tasks) {
      const { busyMs: now } = task.processor;
      busyMs += now - task.readMs;
      task.readMs = now;
    }
    const share = busyMs / (PERIOD_MS * this.#tasks.length);
    // A task with several cores is never busier than one of them.
    return (share * this.#speed) / this.#settings.vcpu;
  }

  #scaleOut(utilization: number): void {
    const { target, maxTasks, startMs } = this.#settings;
    const wanted = Math.ceil((this.#tasks.length * utilization) / target);
    if (wanted > maxTasks) this.#atCap = true;
    const more = Math.min(wanted, maxTasks) - this.#tasks.length;
    for (let n = 0; n < more; n += 1) {
      this.#starting += 1;
      this.#simulation.after(startMs(), () => {
        this.#starting -= 1;
        this.#add();
      });
    }
    this.#above = 0;
  }

  #scaleIn(utilization: number): void {
    const { target, minTasks } = this.#settings;
    const wanted = Math.max(minTasks, Math.ceil((this.#tasks.length * utilization) / target), 1);
    this.#count();
    // Requests of a removed task still end: it drains.
    if (wanted < this.#tasks.length) this.#tasks.length = wanted;
    this.#below = [];
  }
}
