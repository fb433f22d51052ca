import { setTimeout as sleep } from 'node:timers/promises';
import type { Kernel } from '../kernel.ts';
import type { EventEnvelope } from './envelope.ts';
import type { Rule, RuleTarget } from './rule.ts';

/**
 * EventBridge invokes functions asynchronously. Lambda retries twice, after one and two minutes.
 */
const FUNCTION_RETRY_DELAYS_MS = [60_000, 120_000];
/** Upper bound of the random addition to each delay, so that retries do not coincide. */
const MAX_JITTER_MS = 1000;

/** Delivers events to the targets of rules. */
export class Delivery {
  readonly #kernel: Kernel;
  readonly #stopping = new AbortController();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Delivers an event to every target of the rule. Failed events go to the dead-letter queue. */
  deliver(rule: Rule, event: EventEnvelope): void {
    for (const target of rule.targets) {
      const body = inputFor(target, event);
      if (target.arn.includes(':sqs:')) this.#toQueue(rule, target, body);
      else void this.#toFunction(rule, target, body);
    }
  }

  /** Cancels all retries. */
  stop(): void {
    this.#stopping.abort();
  }

  #toQueue(rule: Rule, target: RuleTarget, body: string): void {
    try {
      this.#kernel.services.sqs.send(target.arn, body);
    } catch (error) {
      // An unknown queue and an oversized message are permanent errors, so there is no retry.
      this.#fail(rule, target, body, error);
    }
  }

  async #toFunction(rule: Rule, target: RuleTarget, body: string): Promise<void> {
    const delays = FUNCTION_RETRY_DELAYS_MS.slice(0, target.maximumRetryAttempts);
    for (let attempt = 0; ; attempt += 1) {
      const failure = await this.#invoke(target, body);
      if (failure === undefined) return;
      const delayMs = delays[attempt];
      if (delayMs === undefined) return this.#fail(rule, target, body, failure);
      try {
        await sleep(delayMs + Math.random() * MAX_JITTER_MS, undefined, {
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

  #fail(rule: Rule, target: RuleTarget, body: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const outcome = target.deadLetterArn ? `sent to ${target.deadLetterArn}` : 'dropped';
    this.#log(`rule ${rule.name} failed to deliver to ${target.arn}: ${reason}; event ${outcome}`);
    if (target.deadLetterArn === undefined) return;
    try {
      this.#kernel.services.sqs.send(target.deadLetterArn, body);
    } catch (cause) {
      this.#log(`dead-letter queue ${target.deadLetterArn} rejected the event: ${cause}`);
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
