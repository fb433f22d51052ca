import { seededRandom } from '../../statistics/seeded-random.ts';

/** Draws from one seed. The same seed gives the same draws. */
export class Random {
  /** From 0 up to 1. */
  readonly uniform: () => number;
  #spare: number | undefined;

  constructor(seed: number) {
    this.uniform = seededRandom(seed);
  }

  /** A generator that does not depend on how many draws others take from this one. */
  split(): Random {
    return new Random(Math.floor(this.uniform() * 2 ** 32));
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** The standard normal distribution (polar method of Marsaglia). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const [x, y] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const s = x * x + y * y;
      if (s === 0 || s >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spare = y * factor;
      return x * factor;
    }
  }

  /** A lognormal value. @param cv standard deviation divided by the mean */
  lognormal(mean: number, cv: number): number {
    if (cv === 0 || mean === 0) return mean;
    const variance = Math.log(1 + cv * cv);
    return mean * Math.exp(Math.sqrt(variance) * this.normal() - variance / 2);
  }

  /**
   * A gamma-distributed value (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).
   * @param cv standard deviation divided by the mean: 1 is exponential, 0 constant
   */
  gamma(mean: number, cv: number): number {
    if (cv === 0 || mean === 0) return mean;
    const shape = 1 / (cv * cv);
    return (mean / shape) * this.#standardGamma(shape);
  }

  #standardGamma(shape: number): number {
    // Below 1 the method does not work; a power of a uniform value shifts the shape.
    if (shape < 1) return this.#standardGamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      const u = 1 - this.uniform();
      if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** A value of a distribution that is given by points of its cumulative function, with straight lines between them. */
  fromCdf(points: readonly (readonly [value: number, share: number])[]): number {
    const u = this.uniform();
    const at = points.findIndex(([, share]) => u <= share);
    const [value, share] = points[at] ?? points.at(-1) ?? [0, 1];
    const before = points[at - 1];
    if (!before) return value;
    const [lower, below] = before;
    return lower + ((u - below) / (share - below)) * (value - lower);
  }
}
