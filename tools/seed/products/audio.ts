import { type SeedProduct, usd } from './seed-product.ts';

export const audio: readonly SeedProduct[] = [
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
    id: 'radio',
    name: 'Harbour Table Radio',
    description:
      'FM, digital and internet stations behind one honest dial. A full-range speaker in a lacquered cabinet fills a kitchen with morning news.',
    category: 'audio',
    price: usd(19_800),
    stock: 100,
  },
  {
    id: 'microphone',
    name: 'Vocalist Studio Microphone',
    description:
      'A large-diaphragm condenser that flatters voices, in a shock mount on a heavy foot. Connects by USB-C or XLR.',
    category: 'audio',
    price: usd(24_900),
    stock: 55,
  },
  {
    id: 'portable-speaker',
    name: 'Pebble Portable Speaker',
    description:
      'Woven cloth, a leather loop and sound on all sides. Fifteen hours on a charge, splash-proof, and two of them make a stereo pair.',
    category: 'audio',
    price: usd(12_900),
    stock: 210,
  },
  {
    id: 'record',
    name: 'Low Sun, the Album on Vinyl',
    description:
      'Nine slow instrumental songs, pressed on 180-gram black vinyl and wrapped in a printed sleeve. Recorded to tape in one week.',
    category: 'audio',
    price: usd(2_900),
    stock: 350,
  },
  {
    id: 'amplifier',
    name: 'Meridian Hi-Fi Amplifier',
    description:
      'Sixty watts a channel, two lit meters and a knob that turns like a safe. Inputs for a turntable and for everything newer; walnut case.',
    category: 'audio',
    price: usd(59_000),
    // The last one: the second customer's order is rejected.
    stock: 1,
  },
];
