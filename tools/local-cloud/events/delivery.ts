import { setTimeout as sleep } from 'node:timers/promises';
import type { Kernel } from '../kernel.ts';
import type { EventEnvelope } from './envelope.ts';
import type { Rule, RuleTarget } from './rule.ts';

// EventBridge hands a function its event asynchronously; Lambda then retries twice, after one and two minutes.
const functionRetryDelaysMs = [60_000, 120_000];
const busyDelayMs = 1000;

/** Hands events to the targets of rules. */
export class Delivery {
  readonly #kernel: Kernel;
  readonly #stopping = new AbortController();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Sends an event to every target of the rule; never throws, a failure goes to the target's dead-letter queue. */
  deliver(rule: Rule, event: EventEnvelope): void {
    for (const target of rule.targets) {
      const body = inputFor(target, event);
      if (target.arn.includes(':sqs:')) this.#toQueue(rule, target, body);
      else void this.#toFunction(rule, target, body);
    }
  }

  /** Ends waits between retries; nothing is retried any more. */
  stop(): void {
    this.#stopping.abort();
  }

  #toQueue(rule: Rule, target: RuleTarget, body: string): void {
    try {
      this.#kernel.services.sqs.send(target.arn, body);
    } catch (error) {
      // An unknown queue and a message that is too long stay so: retrying would not help.
      this.#giveUp(rule, target, body, error);
    }
  }

  async #toFunction(rule: Rule, target: RuleTarget, body: string): Promise<void> {
    const delays = functionRetryDelaysMs.slice(0, target.maximumRetryAttempts);
    for (let attempt = 0; ; attempt += 1) {
      const failure = await this.#invoke(target, body);
      if (failure === undefined) return;
      const delayMs = delays[attempt];
      if (delayMs === undefined) return this.#giveUp(rule, target, body, failure);
      try {
        await sleep(delayMs + Math.random() * busyDelayMs, undefined, {
          signal: this.#stopping.signal,
          ref: false,
        });
      } catch {
        return;
      }
    }
  }

  async #invoke(target: RuleTarget, body: string): Promise<unknown> {
    try {
      const { functionError, payload } = await this.#kernel.services.lambda.invoke(
        target.arn,
        Buffer.from(body),
      );
      return functionError === undefined ? undefined : new Error(payload.toString('utf8'));
    } catch (error) {
      return error;
    }
  }

  #giveUp(rule: Rule, target: RuleTarget, body: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const fate = target.deadLetterArn ? `sent to ${target.deadLetterArn}` : 'dropped';
    this.#log(`rule ${rule.name} could not reach ${target.arn}: ${reason}; event ${fate}`);
    if (target.deadLetterArn === undefined) return;
    try {
      this.#kernel.services.sqs.send(target.deadLetterArn, body);
    } catch (cause) {
      this.#log(`dead-letter queue ${target.deadLetterArn} refused the event: ${cause}`);
    }
  }

  #log(text: string): void {
    this.#kernel.log({ at: Date.now(), stack: 'local-cloud', source: 'events', text });
  }
}

function inputFor(target: RuleTarget, event: EventEnvelope): string {
  if (target.input !== undefined) return target.input;
  let part: unknown = event;
  for (const field of target.inputPath ?? []) {
    part = typeof part === 'object' && part !== null ? Reflect.get(part, field) : undefined;
  }
  return JSON.stringify(part ?? null);
}
