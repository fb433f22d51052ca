import type { Misbehaviour } from '../kernel.ts';
import { seededRandom } from './random.ts';

const PROBABILITIES: readonly string[] = ['duplicateDeliveries', 'throttleDynamo', 'dropAnswers'];

/** The settings of a local cloud that injects no faults. */
export function noFaults(): Misbehaviour {
  return {
    seed: 1,
    duplicateDeliveries: 0,
    reorderDeliveries: false,
    throttleDynamo: 0,
    dropAnswers: 0,
    addLatencyMs: 0,
    away: [],
  };
}

/** The fault injection settings, and the random number generator for their probabilities. */
export class MisbehaviourControl {
  readonly switches = noFaults();
  #random = seededRandom(this.switches.seed);

  /**
   * Changes some settings. A `seed` restarts the random numbers.
   * @throws Error for an unknown setting or a value out of range. Nothing changes then
   */
  change(partial: Partial<Misbehaviour>): void {
    for (const [name, value] of Object.entries(partial)) check(name, value);
    Object.assign(this.switches, partial);
    if (partial.seed !== undefined) this.#random = seededRandom(partial.seed);
  }

  random(): number {
    return this.#random();
  }
}

function check(name: string, value: unknown): void {
  const defaults: object = noFaults();
  if (!Object.hasOwn(defaults, name)) {
    const names = Object.keys(defaults).join(', ');
    throw new Error(`misbehave: there is no setting ${name}; the settings are ${names}`);
  }
  const expected = typeName(Reflect.get(defaults, name));
  if (typeName(value) !== expected) {
    throw new Error(`misbehave: ${name} must be a value of type ${expected}`);
  }
  if (typeof value !== 'number') return;
  const maximum = PROBABILITIES.includes(name) ? 1 : Number.MAX_SAFE_INTEGER;
  if (!(value >= 0 && value <= maximum)) {
    throw new Error(`misbehave: ${name} must be from 0 to ${maximum}, not ${value}`);
  }
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
