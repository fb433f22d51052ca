import { type Colour, darker, lighter } from './colour.ts';
import { type Sketch, sheet } from './sketch.ts';

const { width, height } = sheet;

/**
 * A seamless studio backdrop: a wall lit from the upper left that bends into the floor. Linear
 * gradients wherever they do, since a radial one over the whole sheet takes as long as the JPEG.
 */
export function paintStudio(sketch: Sketch, wall: Colour, floor: Colour = wall): void {
  const slant = sketch.between(
    [180, 0],
    [width, 760],
    [0, lighter(wall, 0.24)],
    [0.45, lighter(wall, 0.08)],
    [1, darker(wall, 0.12)],
  );
  const pool = lighter(wall, 0.72);
  const spot = sketch.glow([0.5, 0.5], 0.5, [0, pool, 0.75], [0.4, pool, 0.42], [1, pool, 0]);
  const floorLight = sketch.down(
    [0, lighter(floor, 0.1), 0],
    [0.22, lighter(floor, 0.16), 0.75],
    [0.6, lighter(floor, 0.24), 0.9],
    [1, darker(floor, 0.12), 0.9],
  );
  const shade = '#17120f';
  const sides = sketch.across(
    [0, shade, 0.09],
    [0.22, shade, 0],
    [0.74, shade, 0],
    [1, shade, 0.12],
  );
  const ends = sketch.down([0, shade, 0.08], [0.25, shade, 0], [0.8, shade, 0], [1, shade, 0.1]);
  const fill = (paint: string, y = 0) =>
    `<rect y="${y}" width="${width}" height="${height - y}" fill="${paint}"/>`;
  sketch.add(
    fill(slant),
    `<ellipse cx="500" cy="310" rx="520" ry="400" fill="${spot}"/>`,
    fill(floorLight, 600),
    fill(sides),
    fill(ends),
  );
}

/**
 * The shadow of a thing that stands on the floor: a wide soft one that falls to the right, and a
 * dark one where it touches. Radial gradients, since a blur filter takes a second at this size.
 */
export function castShadow(
  sketch: Sketch,
  at: { x: number; y: number; width: number; depth?: number; strength?: number },
): void {
  const { x, y, width: across, depth = across * 0.13, strength = 1 } = at;
  const soft = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#17120f', 0.42 * strength],
    [0.45, '#17120f', 0.22 * strength],
    [1, '#17120f', 0],
  );
  const contact = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#17120f', 0.75 * strength],
    [0.7, '#17120f', 0.42 * strength],
    [1, '#17120f', 0],
  );
  sketch.add(
    `<ellipse cx="${x + across * 0.16}" cy="${y + depth * 0.2}" rx="${across * 0.82}" ry="${depth * 1.35}" fill="${soft}"/>`,
    `<ellipse cx="${x + 6}" cy="${y}" rx="${across * 0.55}" ry="${depth * 0.6}" fill="${contact}"/>`,
  );
}
