import { type Colour, darker, lighter } from './colour.ts';

/** Where a colour stands on a gradient (0–1), and how opaque it is there. */
export type Stop = readonly [at: number, colour: Colour, opacity?: number];

/** The sheet that all pictures are drawn on; the camera's aspect of 4:3. */
export const sheet = { width: 1300, height: 975 } as const;

/** Collects shapes from back to front, and the gradients that fill them. */
export interface Sketch {
  /** A gradient from left to right of whatever it fills. */
  across(...stops: Stop[]): string;
  /** A gradient from top to bottom of whatever it fills. */
  down(...stops: Stop[]): string;
  /** A gradient between two points of the sheet. */
  between(from: readonly [number, number], to: readonly [number, number], ...stops: Stop[]): string;
  /** A gradient outwards from a point, given as shares of the filled shape's box. */
  glow(centre: readonly [number, number], radius: number, ...stops: Stop[]): string;
  /** The shading of an upright cylinder lit from the left. */
  cylinder(colour: Colour, gloss?: number): string;
  /** Adds markup on top of what is there. */
  add(...markup: string[]): void;
  /** The finished drawing, so many pixels wide. */
  toSvg(widthPx: number): string;
}

/** What draws each product, by the product's id. */
export type Drawings = Readonly<Record<string, (sketch: Sketch) => void>>;

export function createSketch(): Sketch {
  const definitions: string[] = [];
  const shapes: string[] = [];

  const gradient = (kind: 'linear' | 'radial', attributes: string, stops: readonly Stop[]) => {
    const id = `g${definitions.length}`;
    const marks = stops.map(
      ([at, colour, opacity = 1]) =>
        `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    );
    definitions.push(
      `<${kind}Gradient id="${id}" ${attributes}>${marks.join('')}</${kind}Gradient>`,
    );
    return `url(#${id})`;
  };

  const sketch: Sketch = {
    across: (...stops) => gradient('linear', '', stops),
    down: (...stops) => gradient('linear', 'x1="0" y1="0" x2="0" y2="1"', stops),
    between: ([x1, y1], [x2, y2], ...stops) =>
      gradient(
        'linear',
        `gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`,
        stops,
      ),
    glow: ([cx, cy], radius, ...stops) =>
      gradient('radial', `cx="${cx}" cy="${cy}" r="${radius}"`, stops),
    cylinder: (colour, gloss = 0.35) =>
      sketch.across(
        [0, darker(colour, 0.35)],
        [0.12, darker(colour, 0.08)],
        [0.3, lighter(colour, gloss)],
        [0.48, colour],
        [0.86, darker(colour, 0.38)],
        [0.96, darker(colour, 0.45)],
        [1, darker(colour, 0.28)],
      ),
    add: (...markup) => {
      shapes.push(...markup);
    },
    toSvg: (widthPx) => {
      const { width, height } = sheet;
      const size = `width="${widthPx}" height="${(widthPx * height) / width}"`;
      return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}"><defs>${definitions.join('')}</defs>${shapes.join('')}</svg>`;
    },
  };
  return sketch;
}
