import { type SeedProduct, usd } from './seed-product.ts';

export const kitchen: readonly SeedProduct[] = [
  {
    id: 'mug',
    name: 'Tidewater Mug',
    description:
      'Thrown stoneware, dipped by hand so that no two glaze lines are alike. Holds 350 ml and survives the dishwasher.',
    category: 'kitchen',
    price: usd(2_400),
    stock: 900,
  },
  {
    id: 'kettle',
    name: 'Corvo Gooseneck Kettle',
    description:
      'Pours as slowly as you like. Matte steel with a walnut grip and a thermometer in the side, for gas and induction; 0.9 litres.',
    category: 'kitchen',
    price: usd(8_900),
    stock: 150,
  },
  {
    id: 'cutting-board',
    name: 'Oak Cutting Board',
    description:
      'One piece of European oak, 45 by 30 cm, with a groove that keeps the juice off the table. Oiled, never varnished.',
    category: 'kitchen',
    price: usd(5_600),
    stock: 320,
  },
  {
    id: 'french-press',
    name: 'Copper Frame French Press',
    description:
      'One litre of borosilicate glass in a copper-plated frame, with a double mesh that keeps the grounds out of your coffee.',
    category: 'kitchen',
    price: usd(6_800),
    stock: 160,
  },
  {
    id: 'bowls',
    name: 'Set of Four Nesting Bowls',
    description:
      'Glazed stoneware that stacks into one: for dough, salad, soup and cherries. Safe in oven and dishwasher.',
    category: 'kitchen',
    price: usd(7_200),
    stock: 130,
  },
  {
    id: 'saucepan',
    name: 'Hammered Copper Saucepan',
    description:
      'Two millimetres of copper lined with tin, an iron handle and a lid that fits. Heats evenly, so caramel does not burn; 1.8 litres.',
    category: 'kitchen',
    price: usd(18_400),
    stock: 45,
  },
  {
    id: 'pepper-mills',
    name: 'Pair of Turned Mills',
    description:
      'Walnut for pepper and maple for salt, turned from one piece each, around a ceramic grinder that outlives the wood.',
    category: 'kitchen',
    price: usd(8_200),
    stock: 95,
  },
  {
    id: 'teapot',
    name: 'Celadon Teapot and Cup',
    description:
      'A round pot under a crackled celadon glaze, with a cane handle that stays cool and a spout that does not drip. Holds 700 ml of tea.',
    category: 'kitchen',
    price: usd(9_400),
    // Sold out from the start: there is no delivery.
    stock: 0,
  },
];
