import { Type } from 'typebox';

/** The answer of the measured GET routes: about 1 KB of JSON, shaped like a page of products. */
export const Payload = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      description: Type.String(),
      price: Type.Object({ amountCents: Type.Integer(), currency: Type.String() }),
      available: Type.Integer(),
    }),
  ),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const payload = {
  items: Array.from({ length: 6 }, (_, index) => ({
    id: `stoneware-mug-${index + 1}`,
    name: 'Stoneware mug',
    description: 'Thrown by hand, glazed in two coats, holds 330 ml.',
    price: { amountCents: 2450 + index, currency: 'usd' },
    available: 12,
  })),
  nextCursor: null,
};
