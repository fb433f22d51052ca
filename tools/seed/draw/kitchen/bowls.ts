import { type Colour, darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** Four nesting bowls, the smallest on top with cherries in it. */
export function drawBowls(sketch: Sketch): void {
  paintStudio(sketch, '#cfd8c4', '#dbe1cf');
  castShadow(sketch, { x: 650, y: 824, width: 420, depth: 60 });
  drawBowl(sketch, 640, 330, 186, '#3f6d73');
  drawBowl(sketch, 548, 290, 160, '#7fa39a');
  drawBowl(sketch, 464, 250, 138, '#e7ddc7');
  drawBowl(sketch, 388, 210, 120, '#d9805c');
  const cherries = [
    [560, 372],
    [640, 380],
    [724, 374],
    [600, 330],
    [686, 328],
  ] as const;
  for (const [x, y] of cherries) {
    const skin = sketch.glow([0.34, 0.3], 0.8, [0, '#ff9a8f'], [0.3, '#c3222f'], [1, '#5b0b18']);
    sketch.add(
      `<path d="M${x} ${y - 36}q10-70 70-104" fill="none" stroke="#55702f" stroke-width="6" stroke-linecap="round"/>`,
      `<circle cx="${x}" cy="${y}" r="46" fill="${skin}"/>`,
    );
  }
  // The near wall stands before the cherries.
  sketch.add(
    `<path d="M440 388a210 38 0 0 0 420 0q-4 30-18 52a196 30 0 0 1-384 0q-14-22-18-52z" fill="${sketch.cylinder('#d9805c', 0.4)}"/>`,
    '<path d="M440 388a210 38 0 0 0 420 0" fill="none" stroke="#ffe3d2" stroke-width="6"/>',
  );
}

function drawBowl(sketch: Sketch, y: number, half: number, deep: number, glaze: Colour): void {
  const inside = sketch.across([0, darker(glaze, 0.4)], [1, lighter(glaze, 0.2)]);
  sketch.add(
    `<path d="M${650 - half} ${y}C${650 - half} ${y + deep * 0.7} ${650 - half * 0.6} ${y + deep} 650 ${y + deep}S${650 + half} ${y + deep * 0.7} ${650 + half} ${y}z" fill="${sketch.cylinder(glaze, 0.4)}"/>`,
    `<ellipse cx="650" cy="${y}" rx="${half}" ry="${half * 0.18}" fill="${inside}" stroke="${lighter(glaze, 0.5)}" stroke-width="5"/>`,
  );
}
