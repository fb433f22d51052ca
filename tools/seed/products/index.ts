import { audio } from './audio.ts';
import { desk } from './desk.ts';
import { kitchen } from './kitchen.ts';
import { living } from './living.ts';
import { outdoors } from './outdoors.ts';
import type { SeedProduct } from './seed-product.ts';

export type { SeedProduct } from './seed-product.ts';

/** Forty products in five categories. The picture of each is `pictures/<id>.svg`. */
export const seedProducts: readonly SeedProduct[] = [
  ...living,
  ...kitchen,
  ...audio,
  ...outdoors,
  ...desk,
];
