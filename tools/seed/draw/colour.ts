/** A colour as `#rrggbb`. */
export type Colour = `#${string}`;

/** Mixes two colours; 0 is the first, 1 the second. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const channel = (colour: Colour, index: number) =>
    Number.parseInt(colour.slice(1 + 2 * index, 3 + 2 * index), 16);
  const mixed = [0, 1, 2].map((index) => {
    const value = channel(from, index) + share * (channel(to, index) - channel(from, index));
    return Math.round(value).toString(16).padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

export const lighter = (colour: Colour, share: number): Colour => mix(colour, '#ffffff', share);

/** Towards a warm black: pure black makes shadows look dead. */
export const darker = (colour: Colour, share: number): Colour => mix(colour, '#17120f', share);
