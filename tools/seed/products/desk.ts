import { type SeedProduct, usd } from './seed-product.ts';

export const desk: readonly SeedProduct[] = [
  {
    id: 'notebook',
    name: 'Clothbound Notebook',
    description:
      '192 dotted pages of paper that takes fountain pen ink without bleeding. Lies flat, closes with elastic, keeps your place with a ribbon.',
    category: 'desk',
    price: usd(2_200),
    stock: 700,
  },
  {
    id: 'fountain-pen',
    name: 'Scarlet Fountain Pen',
    description:
      'A steel nib polished by hand, medium, and a barrel of cast resin. Fills by piston or by cartridge; every writer breaks in their own.',
    category: 'desk',
    price: usd(13_500),
    stock: 80,
  },
  {
    id: 'ink',
    name: 'Three Bottles of Ink',
    description:
      'Cobalt, garnet and pine, 50 ml each. Water-based, quick to dry, easy to wash out of a pen and nearly of a shirt.',
    category: 'desk',
    price: usd(3_300),
    stock: 260,
  },
  {
    id: 'pencil-cup',
    name: 'Cup of Coloured Pencils',
    description:
      'Six soft cedar pencils that blend like pastel, in a cast concrete cup with an orange band. Sharpened already.',
    category: 'desk',
    price: usd(2_700),
    stock: 310,
  },
  {
    id: 'keyboard',
    name: 'Tactile Keyboard 61',
    description:
      'Sixty-one mechanical keys with a soft bump and no click, caps of thick plastic whose legends cannot wear off, and a case of anodized aluminium.',
    category: 'desk',
    price: usd(14_900),
    stock: 115,
  },
  {
    id: 'hourglass',
    name: 'Quarter-Hour Hourglass',
    description:
      'Fifteen minutes of fine sand between two walnut discs. The kindest way to begin a task or to end a meeting.',
    category: 'desk',
    price: usd(4_700),
    stock: 170,
  },
  {
    id: 'globe',
    name: "Cartographer's Desk Globe",
    description:
      'Twenty-five centimetres of invented geography in a brass half ring: no border on it has ever moved. Turns on two bearings.',
    category: 'desk',
    price: usd(9_900),
    stock: 50,
  },
  {
    id: 'watercolours',
    name: 'Tin of Twelve Watercolours',
    description:
      'Honey-bound pigments that wake at the touch of a wet brush. The tin folds into a palette; a squirrel-style brush is included.',
    category: 'desk',
    price: usd(5_200),
    stock: 150,
  },
];
