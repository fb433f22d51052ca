import type { Misbehaviour } from '../kernel.ts';
import { seededRandom } from './random.ts';

const probabilities = ['duplicateDeliveries', 'throttleDynamo', 'dropAnswers'] as const;

/** A local cloud that does nothing wrong on purpose. */
export function wellBehaved(): Misbehaviour {
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

/** The switches that services read at each call, and the generator behind their probabilities. */
export class MisbehaviourControl {
  readonly switches = wellBehaved();
  #random = seededRandom(this.switches.seed);

  /**
   * Changes some switches; naming `seed` starts the random numbers anew.
   * @throws Error naming a switch that does not exist or a value out of range; then nothing has changed
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
  const known: object = wellBehaved();
  const wanted: unknown = Object.hasOwn(known, name) ? Reflect.get(known, name) : undefined;
  const kind = (item: unknown) => (Array.isArray(item) ? 'array' : typeof item);
  if (wanted === undefined || kind(value) !== kind(wanted)) {
    const switches = Object.keys(known).join(', ');
    throw new Error(`misbehave: ${name} = ${JSON.stringify(value)} is none of ${switches}`);
  }
  if (typeof value !== 'number') return;
  const most = (probabilities as readonly string[]).includes(name) ? 1 : Number.MAX_SAFE_INTEGER;
  if (!(value >= 0 && value <= most)) {
    throw new Error(`misbehave: ${name} must be from 0 to ${most}, not ${value}`);
  }
}
