import { around } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A brass compass lying open, seen from above. */
export function drawCompass(sketch: Sketch): void {
  paintStudio(sketch, '#6d7f63', '#7b8a6e');
  const [x, y] = [650, 530];
  castShadow(sketch, { x: x + 20, y: 800, width: 560, depth: 110 });
  const brass = sketch.between(
    [360, 240],
    [940, 820],
    [0, '#ffefc4'],
    [0.4, '#d0a052'],
    [1, '#6d4a1a'],
  );
  const card = sketch.glow([0.42, 0.38], 0.75, [0, '#fffdf4'], [0.7, '#efe2c6'], [1, '#c9b48a']);
  const ticks = Array.from({ length: 72 }, (_, index) => {
    const major = index % 18 === 0;
    const half = index % 9 === 0;
    return `<path d="M${around(x, y, major ? 184 : half ? 194 : 206, index * 5)}L${around(x, y, 220, index * 5)}" stroke-width="${half ? 7 : 3}"/>`;
  });
  const rose = Array.from({ length: 8 }, (_, index) => {
    const turn = index * 45;
    const long = index % 2 ? 96 : 160;
    return `<path d="M${x} ${y}L${around(x, y, 34, turn - 45)}L${around(x, y, long, turn)}z" fill="#3a5a68"/><path d="M${x} ${y}L${around(x, y, 34, turn + 45)}L${around(x, y, long, turn)}z" fill="#8fb0b8"/>`;
  });
  sketch.add(
    `<circle cx="${x}" cy="190" r="58" fill="none" stroke="${brass}" stroke-width="20"/><rect x="614" y="224" width="72" height="56" rx="12" fill="${brass}"/>`,
    `<circle cx="${x}" cy="${y}" r="288" fill="${brass}"/><circle cx="${x}" cy="${y}" r="280" fill="none" stroke="#fff3d0" stroke-opacity=".7" stroke-width="5"/>`,
    `<circle cx="${x}" cy="${y}" r="244" fill="#5c3f16"/><circle cx="${x}" cy="${y}" r="236" fill="${card}"/>`,
    `<g stroke="#3a2f20">${ticks.join('')}</g>${rose.join('')}`,
    `<g transform="translate(8 14)" opacity=".25"><path d="M${around(x, y, 196, 28)}L${around(x, y, 26, 118)}L${around(x, y, 196, 208)}L${around(x, y, 26, 298)}z"/></g>`,
    `<path d="M${around(x, y, 196, 28)}L${around(x, y, 26, 118)}L${around(x, y, 26, 298)}z" fill="#d4382c"/><path d="M${around(x, y, 196, 208)}L${around(x, y, 26, 118)}L${around(x, y, 26, 298)}z" fill="#f4f1ea" stroke="#b9ab90" stroke-width="2"/>`,
    `<circle cx="${x}" cy="${y}" r="15" fill="${brass}"/>`,
    `<path d="M452 470A210 210 0 0 1 590 330L640 330A240 240 0 0 0 462 520z" fill="#fff" opacity=".35"/>`,
  );
}
