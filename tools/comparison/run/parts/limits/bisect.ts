/** A limit: every value tried up to `accepted` was accepted, and every value from `rejected` was rejected. */
export interface Bound {
  /** Undefined if even the smallest value was rejected. */
  readonly accepted: number | undefined;
  /** Undefined if even the largest value was accepted. */
  readonly rejected: number | undefined;
  readonly probes: number;
}

/**
 * Finds the largest accepted number between `low` and `high` by bisection. Probes both ends first.
 * @param options.guess probed next, together with the number after it, so that a documented limit needs only two probes
 * @param options.tolerance the largest difference between `accepted` and `rejected` in the result
 * @param options.goOn return false to end early with a partial result
 */
export async function findBound(options: {
  readonly low: number;
  readonly high: number;
  readonly guess?: number;
  readonly tolerance?: number;
  readonly accepts: (value: number) => Promise<boolean>;
  readonly goOn?: () => boolean;
}): Promise<Bound> {
  const { low, high, guess, tolerance = 1, accepts, goOn = () => true } = options;
  let accepted: number | undefined;
  let rejected: number | undefined;
  let probes = 0;
  const probe = async (value: number) => {
    probes += 1;
    if (await accepts(value)) accepted = Math.max(accepted ?? value, value);
    else rejected = Math.min(rejected ?? value, value);
  };
  const guesses = guess === undefined ? [] : [guess, guess + 1];
  for (const value of [low, high, ...guesses]) {
    if (!goOn()) return { accepted, rejected, probes };
    if (value > (accepted ?? low - 1) && value < (rejected ?? high + 1)) await probe(value);
  }
  while (accepted !== undefined && rejected !== undefined && rejected - accepted > tolerance) {
    if (!goOn()) break;
    await probe(Math.floor((accepted + rejected) / 2));
  }
  return { accepted, rejected, probes };
}
