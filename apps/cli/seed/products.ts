/** What the demo shop sells. */
export interface SeedProduct {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Slug of its category. */
  readonly category: string;
  readonly price: { readonly amountCents: number; readonly currency: 'usd' };
  /** Units that one delivery brings. */
  readonly stock: number;
}

const usd = (amountCents: number) => ({ amountCents, currency: 'usd' }) as const;

/** Twelve products in four categories; each has a drawing of the same name in `draw/`. */
export const seedProducts: readonly SeedProduct[] = [
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
    id: 'headphones',
    name: 'Aria Closed Headphones',
    description:
      'Tan leather, copper rings and 40 mm drivers that stay honest at low volume. Folds flat, 38 hours on a charge, and every part can be replaced.',
    category: 'audio',
    price: usd(27_900),
    stock: 120,
  },
  {
    id: 'speaker',
    name: 'Foundry Bookshelf Speakers',
    description:
      'A pair in walnut veneer: a soft-dome tweeter over a 16 cm paper cone, tuned to stand close to a wall. Matched to half a decibel.',
    category: 'audio',
    price: usd(48_000),
    stock: 75,
  },
  {
    id: 'turntable',
    name: 'Ostra Turntable',
    description:
      'Belt drive, a straight arm and a cartridge already aligned: unpack, level, play. 33 and 45 rpm, with a phono stage that can be switched off.',
    category: 'audio',
    price: usd(36_500),
    stock: 90,
  },
  {
    id: 'backpack',
    name: 'Ridgeway Backpack',
    description:
      'Waxed canvas that shrugs off an hour of rain, bridle-leather straps and a sleeve for a 15-inch laptop. 24 litres; repaired for life.',
    category: 'outdoors',
    price: usd(16_800),
    stock: 200,
  },
  {
    id: 'bottle',
    name: 'Summit Insulated Bottle',
    description:
      'Two walls of steel keep tea hot for 12 hours and water cold for 24. Powder-coated, with a bamboo lid that does not leak; 750 ml.',
    category: 'outdoors',
    price: usd(3_200),
    stock: 600,
  },
  {
    id: 'lantern',
    name: 'Ember Storm Lantern',
    description:
      'Burns for 20 hours on one filling and does not mind the wind. Enamelled steel, spare wick included. The light makes any table a campsite.',
    category: 'outdoors',
    price: usd(4_900),
    stock: 260,
  },
];
