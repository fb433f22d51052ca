import { type Colour, darker, lighter } from './colour.ts';
import type { Sketch } from './sketch.ts';

/** Height of an ellipse seen from slightly above, as a share of its width. */
const tilt = 0.16;

/**
 * A thing made on a lathe or a wheel: vase, candle, mill. Its profile is half widths from top to
 * bottom; between them the outline swings, or runs straight.
 */
export function drawTurned(
  sketch: Sketch,
  thing: {
    x: number;
    profile: readonly (readonly [y: number, half: number])[];
    colour: Colour;
    gloss?: number;
    straight?: boolean;
    /** What one sees from above: the colour of a lid, or of the inside. */
    top?: Colour;
  },
): void {
  const { x, profile, colour, gloss = 0.4, straight = false, top = lighter(colour, 0.3) } = thing;
  const first = profile[0] ?? [0, 0];
  const last = profile.at(-1) ?? first;
  const side = (points: typeof profile, sign: 1 | -1) =>
    points
      .slice(1)
      .map(([y, half], index) => {
        const [fromY, fromHalf] = points[index] ?? [y, half];
        const middle = (fromY + y) / 2;
        return straight
          ? `L${x + sign * half} ${y}`
          : `C${x + sign * fromHalf} ${middle} ${x + sign * half} ${middle} ${x + sign * half} ${y}`;
      })
      .join('');
  const outline = `M${x + first[1]} ${first[0]}${side(profile, 1)}A${last[1]} ${last[1] * tilt} 0 0 1 ${x - last[1]} ${last[0]}${side(profile.toReversed(), -1)}z`;
  const rim = `cx="${x}" cy="${first[0]}" rx="${first[1]}" ry="${first[1] * tilt}"`;
  sketch.add(
    `<path d="${outline}" fill="${sketch.cylinder(colour, gloss)}"/>`,
    `<ellipse ${rim} fill="${top}" stroke="${lighter(colour, 0.45)}" stroke-opacity=".7" stroke-width="3"/>`,
  );
}

/** A box seen from the front and a little from above right, with light on its upper edge. */
export function drawBox(
  sketch: Sketch,
  box: {
    x: number;
    y: number;
    width: number;
    height: number;
    depth: number;
    colour: Colour;
    round?: number;
  },
): void {
  const { x, y, width, height, depth, colour, round = 6 } = box;
  const right = x + width;
  const back = depth * 0.8;
  const front = sketch.between(
    [x, y],
    [right, y + height],
    [0, lighter(colour, 0.24)],
    [0.5, colour],
    [1, darker(colour, 0.24)],
  );
  sketch.add(
    `<path d="M${right - round} ${y}l${back} ${-depth * 0.5}q${round} 0 ${round} ${round}v${height - round * 2}l${-back} ${depth * 0.5}z" fill="${darker(colour, 0.42)}"/>`,
    `<path d="M${x + round} ${y + 1}l${back} ${-depth * 0.5}h${width - 2 * round}l${-back} ${depth * 0.5}z" fill="${lighter(colour, 0.32)}"/>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${front}"/>`,
    `<path d="M${x + round} ${y + 1.5}H${right - round}" stroke="${lighter(colour, 0.6)}" stroke-opacity=".8" stroke-width="3"/>`,
  );
}

/** A bent rod or strap: dark rim, body, and a line of light along it. */
export function drawRod(sketch: Sketch, path: string, colour: Colour, width: number): void {
  const line = (stroke: Colour, thick: number, more = '') =>
    `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${thick.toFixed(1)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
  sketch.add(
    line(darker(colour, 0.45), width),
    line(colour, width * 0.76),
    line(
      lighter(colour, 0.55),
      width * 0.2,
      `stroke-opacity=".7" transform="translate(${-width * 0.12} ${-width * 0.14})"`,
    ),
  );
}

/** Points on a circle, from the top and clockwise: for dials, ticks and screws. */
export function around(x: number, y: number, radius: number, turn: number): string {
  const angle = (turn * Math.PI) / 180;
  return `${(x + Math.sin(angle) * radius).toFixed(1)} ${(y - Math.cos(angle) * radius).toFixed(1)}`;
}
