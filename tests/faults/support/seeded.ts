/** The seed of this run: `TRIPTYCH_SEED`, or a new one; a failing test prints it. */
export const seed = Number(process.env.TRIPTYCH_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Mulberry32: small, seeded, good enough to choose moments. Numbers in [0, 1). */
export function seededRandom(from = seed): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
