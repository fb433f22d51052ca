import { createChance } from '../chance.ts';
import { drawRod } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow } from '../studio.ts';
import { paintMeadow } from './landscape.ts';

/** A speckled enamel cup on a tree stump. */
export function drawCampCup(sketch: Sketch): void {
  const chance = createChance(71);
  paintMeadow(sketch, '#e9b98f', '#6f8a55', 73);
  const bark = sketch.cylinder('#7a5233', 0.2);
  const rings = [0.9, 0.74, 0.58, 0.4, 0.24].map(
    (share) => `<ellipse cx="650" cy="770" rx="${400 * share}" ry="${74 * share}"/>`,
  );
  sketch.add(
    `<path d="M240 770a410 78 0 0 0 820 0V975H240z" fill="${bark}"/>`,
    '<ellipse cx="650" cy="770" rx="410" ry="78" fill="#e0b983"/>',
    `<g fill="none" stroke="#9a6a3c" stroke-opacity=".55" stroke-width="4">${rings.join('')}</g>`,
  );
  castShadow(sketch, { x: 640, y: 782, width: 330, depth: 44 });
  drawRod(sketch, 'M800 440C940 430 930 660 790 650', '#2f5f86', 38);
  const speckles = Array.from(
    { length: 110 },
    () =>
      `<circle cx="${chance(486, 800).toFixed(0)}" cy="${chance(410, 770).toFixed(0)}" r="${chance(1.5, 5).toFixed(1)}"/>`,
  );
  sketch.add(
    `<path d="M470 360a170 28 0 0 0 340 0L796 756q-6 32-156 32t-156-32z" fill="${sketch.cylinder('#2f5f86', 0.45)}"/>`,
    `<g fill="#f4f1ea" fill-opacity=".7">${speckles.join('')}</g>`,
    '<path d="M520 420L530 740" stroke="#fff" stroke-opacity=".4" stroke-width="18" stroke-linecap="round"/>',
    '<ellipse cx="640" cy="360" rx="170" ry="28" fill="#1d2a35"/><ellipse cx="640" cy="366" rx="156" ry="20" fill="#a8452e"/><ellipse cx="640" cy="360" rx="170" ry="28" fill="none" stroke="#f4f1ea" stroke-width="10"/>',
  );
}
