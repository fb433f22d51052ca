import type { Random } from '../random/random.ts';

/**
 * The cache of a CDN for objects whose popularity follows Zipf's law: the object of rank `k` is asked for in proportion to
 * `k^-exponent`. An object is a hit for a time after it was fetched. The cache is as large as it needs to be.
 */
export class CdnCache {
  readonly #random: Random;
  readonly #ttlMs: number;
  /** Cumulative shares by rank. */
  readonly #shares: Float64Array;
  readonly #fetchedAt: Float64Array;
  requests = 0;
  hits = 0;

  constructor(random: Random, options: { objects: number; exponent: number; ttlMs: number }) {
    this.#random = random;
    this.#ttlMs = options.ttlMs;
    this.#shares = zipf(options.objects, options.exponent);
    this.#fetchedAt = new Float64Array(options.objects).fill(Number.NEGATIVE_INFINITY);
  }

  /** Whether a request at a time is answered from the cache. */
  isHit(nowMs: number): boolean {
    this.requests += 1;
    const object = this.#draw();
    const hit = nowMs - (this.#fetchedAt[object] as number) < this.#ttlMs;
    if (hit) this.hits += 1;
    else this.#fetchedAt[object] = nowMs;
    return hit;
  }

  #draw(): number {
    const wanted = this.#random.uniform();
    let [low, high] = [0, this.#shares.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#shares[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function zipf(objects: number, exponent: number): Float64Array {
  const shares = new Float64Array(objects);
  let sum = 0;
  for (let rank = 1; rank <= objects; rank += 1) {
    sum += rank ** -exponent;
    shares[rank - 1] = sum;
  }
  return shares.map((share) => share / sum);
}

/** The expected hit rate under Poisson requests: an object with rate λ and time T hits in λT of 1 + λT requests. */
export function expectedHitRate(objects: number, exponent: number, requestsInTtl: number): number {
  const shares = zipf(objects, exponent);
  return shares.reduce((sum, share, at) => {
    const own = share - (shares[at - 1] ?? 0);
    const inTtl = own * requestsInTtl;
    return sum + (own * inTtl) / (1 + inTtl);
  }, 0);
}
