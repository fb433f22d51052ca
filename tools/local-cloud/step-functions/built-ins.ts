import { createHash, randomUUID } from 'node:crypto';

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn */
const MAX_RANGE = 1000;
const ALGORITHMS = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** The functions that Step Functions adds to JSONata. `$random` replaces JSONata's own. */
export const STEP_FUNCTIONS_BUILT_INS = {
  partition(array: readonly unknown[], size: number): unknown[][] {
    const count = Math.ceil(array.length / size);
    return Array.from({ length: count }, (_, at) => array.slice(at * size, (at + 1) * size));
  },

  range(first: number, last: number, step: number): number[] {
    const count = Math.floor((last - first) / step) + 1;
    if (!(count <= MAX_RANGE)) throw new Error(`$range returns at most ${MAX_RANGE} numbers`);
    return Array.from({ length: Math.max(0, count) }, (_, at) => first + at * step);
  },

  hash(text: string, algorithm = 'SHA-256'): string {
    if (!ALGORITHMS.includes(algorithm)) throw new Error(`$hash does not know ${algorithm}`);
    return createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex');
  },

  /** The same seed gives the same number. AWS does not document the generator. */
  random(seed?: number): number {
    if (seed === undefined) return Math.random();
    const digest = createHash('sha256').update(String(seed)).digest();
    return digest.readUInt32BE() / 2 ** 32;
  },

  uuid: (): string => randomUUID(),

  parse: (text: string): unknown => JSON.parse(text),
};
