import { type SeedProduct, usd } from './seed-product.ts';

export const living: readonly SeedProduct[] = [
  {
    id: 'desk-lamp',
    name: 'Halden Desk Lamp',
    description:
      'A brass arm that swings over the whole desk and an enamelled dome that keeps the light off your eyes. Warm, dimmable, with two metres of woven cable.',
    category: 'living',
    price: usd(12_900),
    stock: 240,
  },
  {
    id: 'armchair',
    name: 'Marlow Armchair',
    description:
      'Channelled velvet over a beech frame, deep enough to read a whole evening away. The legs are oiled walnut; the cushion is included.',
    category: 'living',
    price: usd(64_900),
    stock: 60,
  },
  {
    id: 'rubber-plant',
    name: 'Rubber Plant in Ribbed Pot',
    description:
      'Ficus elastica, about 60 cm tall, grown slowly and delivered in a ribbed stoneware pot with saucer. Likes a bright corner and a drink once a week.',
    category: 'living',
    price: usd(4_450),
    stock: 180,
  },
  {
    id: 'vase',
    name: 'Terra Vase with Dry Grasses',
    description:
      'Hand-thrown terracotta, 32 cm tall, with two rings of white slip. Comes with a bundle of dried bunny-tail grass that never needs water.',
    category: 'living',
    price: usd(5_400),
    stock: 140,
  },
  {
    id: 'wall-clock',
    name: 'Ashgrove Wall Clock',
    description:
      'A silent sweep movement in a ring of steamed ash, 30 cm across. Runs two years on one battery, and nobody hears it tick.',
    category: 'living',
    price: usd(7_900),
    stock: 110,
  },
  {
    id: 'candles',
    name: 'Trio of Beeswax Candles',
    description:
      'Three pillars poured from beeswax and rapeseed, burning 40, 55 and 70 hours. They smell of honey and nothing else.',
    category: 'living',
    price: usd(3_600),
    stock: 400,
  },
  {
    id: 'pendant-lamp',
    name: 'Saffron Pendant Lamp',
    description:
      'A wide enamelled shade over the dining table, saffron outside and white within, so that supper is lit and faces are not. Cable of two metres.',
    category: 'living',
    price: usd(15_900),
    stock: 85,
  },
  {
    id: 'stool',
    name: 'Three-Legged Oak Stool',
    description:
      'Stands firm on any floor, because three legs always do. Solid oak, wedged joints, oiled; a seat, a bedside table, a place for books.',
    category: 'living',
    price: usd(11_900),
    stock: 70,
  },
];
