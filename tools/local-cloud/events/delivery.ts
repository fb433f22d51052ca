import { setTimeout as sleep } from 'node:timers/promises';
import { invokeFunction, sendToQueue } from '../iam/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Actor } from '../permissions/index.ts';
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

  /**
   * Delivers an event to every target of the rule. Failed events go to the dead-letter queue.
   * @returns the reasons of deliveries that failed permanently at once
   */
  deliver(rule: Rule, event: EventEnvelope): string[] {
    return rule.targets.flatMap((target) => {
      const body = inputFor(target, event);
      try {
        this.#start(rule, target, body);
        return [];
      } catch (error) {
        // A missing permission, an unknown queue and an oversized message are permanent errors, so
        // there is no retry.
        return [this.#fail(rule, target, body, error)];
      }
    });
  }

  /** @throws AwsError when the target does not admit the rule, or does not exist */
  #start(rule: Rule, target: RuleTarget, body: string): void {
    const toQueue = target.arn.includes(':sqs:');
    this.#actorOf(rule).require(toQueue ? sendToQueue(target.arn) : invokeFunction(target.arn));
    if (toQueue) this.#kernel.services.sqs.send(target.arn, body);
    else void this.#toFunction(rule, target, body);
  }

  /** Cancels all retries. */
  stop(): void {
    this.#stopping.abort();
  }

  async #toFunction(rule: Rule, target: RuleTarget, body: string): Promise<void> {
    const delays = FUNCTION_RETRY_DELAYS_MS.slice(0, target.maximumRetryAttempts);
    for (let attempt = 0; ; attempt += 1) {
      const failure = await this.#invoke(target, body);
      if (failure === undefined) return;
      const delayMs = delays[attempt];
      if (delayMs === undefined) {
        this.#fail(rule, target, body, failure);
        return;
      }
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

  /** Sends an event to the dead-letter queue, if the target has one. Returns what happened. */
  #fail(rule: Rule, target: RuleTarget, body: string, error: unknown): string {
    const reason = error instanceof Error ? error.message : String(error);
    const outcome = target.deadLetterArn ? `sent to ${target.deadLetterArn}` : 'dropped';
    const failure = `rule ${rule.name} failed to deliver to ${target.arn}: ${reason}; event ${outcome}`;
    this.#log(failure);
    if (target.deadLetterArn === undefined) return failure;
    try {
      this.#actorOf(rule).require(sendToQueue(target.deadLetterArn));
      this.#kernel.services.sqs.send(target.deadLetterArn, body);
    } catch (cause) {
      this.#log(`dead-letter queue ${target.deadLetterArn} rejected the event: ${cause}`);
    }
    return failure;
  }

  /** EventBridge, which acts for a rule. The policies of queues and functions admit it. */
  #actorOf({ arn }: Rule): Actor {
    return this.#kernel.permissions.service('events.amazonaws.com', arn);
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
