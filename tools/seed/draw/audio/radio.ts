import { around, drawBox, drawRod } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A table radio: round grille, tuning dial, aerial. */
export function drawRadio(sketch: Sketch): void {
  paintStudio(sketch, '#f0cfae', '#f0d6bb');
  castShadow(sketch, { x: 660, y: 800, width: 800, depth: 62 });
  drawRod(sketch, 'M900 330L1050 90', '#a9b0b3', 12);
  sketch.add('<circle cx="1052" cy="86" r="13" fill="#dfe4e6"/>');
  drawRod(sketch, 'M400 360C420 240 800 240 830 350', '#6b4128', 26);
  drawBox(sketch, {
    x: 290,
    y: 370,
    width: 700,
    height: 420,
    depth: 60,
    colour: '#3f8a86',
    round: 46,
  });
  const holes = Array.from({ length: 8 }, (_, ring) =>
    Array.from({ length: 1 + ring * 6 }, (_unused, index) => {
      const place = around(500, 580, ring * 19, (index * 360) / (1 + ring * 6));
      const [x, y] = place.split(' ');
      return `<circle cx="${x}" cy="${y}" r="6"/>`;
    }).join(''),
  );
  const dial = sketch.glow([0.35, 0.3], 0.8, [0, '#fff8e6'], [0.6, '#e7d6b4'], [1, '#a98d5d']);
  const ticks = Array.from(
    { length: 25 },
    (_, index) =>
      `<path d="M${around(822, 540, 96, -150 + index * 12.5)}L${around(822, 540, index % 4 ? 104 : 112, -150 + index * 12.5)}"/>`,
  );
  sketch.add(
    `<circle cx="500" cy="580" r="164" fill="#f3e8d2"/><circle cx="500" cy="580" r="152" fill="#e4d5b6"/><g fill="#4b3a2a">${holes.join('')}</g>`,
    `<circle cx="822" cy="540" r="122" fill="#f3e8d2"/><g stroke="#4b3a2a" stroke-width="4">${ticks.join('')}</g>`,
    `<circle cx="826" cy="548" r="80" fill="#2b2018" opacity=".35"/><circle cx="822" cy="540" r="80" fill="${dial}"/><path d="M822 540L${around(822, 540, 68, 38)}" stroke="#d4553a" stroke-width="9" stroke-linecap="round"/>`,
    ...[760, 822, 884].map(
      (x, index) =>
        `<circle cx="${x}" cy="716" r="22" fill="${index === 1 ? '#d4553a' : '#f3e8d2'}"/><circle cx="${x - 5}" cy="710" r="8" fill="#fff" opacity=".6"/>`,
    ),
  );
}
