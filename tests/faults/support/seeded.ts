import { seededRandom as randomOf } from '@triptych/comparison/statistics';

/** The seed of this run: `TRIPTYCH_SEED`, or a new one. The titles of seeded tests contain it. */
export const seed = Number(process.env.TRIPTYCH_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Numbers in [0, 1), reproducible from the seed. Good enough to choose moments. */
export const seededRandom = (from = seed): (() => number) => randomOf(from);
