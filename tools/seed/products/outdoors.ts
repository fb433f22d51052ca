import { type SeedProduct, usd } from './seed-product.ts';

export const outdoors: readonly SeedProduct[] = [
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
  {
    id: 'tent',
    name: 'Larkspur Tent for Two',
    description:
      'Cotton canvas that breathes, up in six minutes with two poles. Waterproof floor, rolled-back door, and room for both backpacks; 4.2 kg.',
    category: 'outdoors',
    price: usd(32_900),
    stock: 65,
  },
  {
    id: 'compass',
    name: 'Brass Field Compass',
    description:
      'A liquid-damped needle on a printed rose, in a brass case that ages well. Works when the phone does not.',
    category: 'outdoors',
    price: usd(5_800),
    stock: 190,
  },
  {
    id: 'camp-cup',
    name: 'Speckled Enamel Cup',
    description:
      'Steel under blue enamel, 350 ml, happy on the fire. Chips tell where it has been.',
    category: 'outdoors',
    price: usd(1_400),
    stock: 800,
  },
  {
    id: 'flashlight',
    name: 'Beacon Flashlight',
    description:
      'Eight hundred lumens in machined aluminium, waterproof to ten metres, charged by USB-C. The low mode lasts 90 hours.',
    category: 'outdoors',
    price: usd(6_400),
    stock: 240,
  },
  {
    id: 'sleeping-mat',
    name: 'Drift Sleeping Mat',
    description:
      'Five centimetres of air and foam between you and the ground; it inflates itself and rolls up under two straps. Warm down to zero degrees.',
    category: 'outdoors',
    price: usd(8_900),
    stock: 125,
  },
];
