/** Where acceptance ends: everything tried up to `accepted` was taken, and from `refused` on nothing. */
export interface Bound {
  /** Undefined when even the smallest was refused. */
  readonly accepted: number | undefined;
  /** Undefined when even the largest was accepted. */
  readonly refused: number | undefined;
  readonly probes: number;
}

/**
 * Finds by bisection the largest number from `low` to `high` that is accepted; the bounds first, since they may decide it.
 * @param options.guess tried next with the number after it: a bound that is documented needs two probes then
 * @param options.tolerance how far apart the ends of the answer may be
 * @param options.goOn false ends it with what is known
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
  let refused: number | undefined;
  let probes = 0;
  const probe = async (value: number) => {
    probes += 1;
    if (await accepts(value)) accepted = Math.max(accepted ?? value, value);
    else refused = Math.min(refused ?? value, value);
  };
  const guesses = guess === undefined ? [] : [guess, guess + 1];
  for (const value of [low, high, ...guesses]) {
    if (!goOn()) return { accepted, refused, probes };
    if (value > (accepted ?? low - 1) && value < (refused ?? high + 1)) await probe(value);
  }
  while (accepted !== undefined && refused !== undefined && refused - accepted > tolerance) {
    if (!goOn()) break;
    await probe(Math.floor((accepted + refused) / 2));
  }
  return { accepted, refused, probes };
}
