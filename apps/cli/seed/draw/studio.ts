import { type Colour, darker, lighter } from './colour.ts';
import { type Sketch, sheet } from './sketch.ts';

const { width, height } = sheet;

/** A seamless studio backdrop: a wall lit from the upper left that bends into the floor. */
export function paintStudio(sketch: Sketch, wall: Colour, floor: Colour = wall): void {
  const wallLight = sketch.glow(
    [0.36, 0.3],
    0.85,
    [0, lighter(wall, 0.42)],
    [0.45, wall],
    [1, darker(wall, 0.3)],
  );
  const floorLight = sketch.down(
    [0, lighter(floor, 0.1), 0],
    [0.22, lighter(floor, 0.16), 0.75],
    [0.6, lighter(floor, 0.24), 0.9],
    [1, darker(floor, 0.1), 0.9],
  );
  const vignette = sketch.glow([0.5, 0.5], 0.75, [0.62, '#17120f', 0], [1, '#17120f', 0.2]);
  sketch.add(
    `<rect width="${width}" height="${height}" fill="${wallLight}"/>`,
    `<rect y="600" width="${width}" height="${height - 600}" fill="${floorLight}"/>`,
    `<rect width="${width}" height="${height}" fill="${vignette}"/>`,
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
