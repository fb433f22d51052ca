import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const pans = [
  '#f2d13c',
  '#f0993a',
  '#dd4a3a',
  '#b3275c',
  '#6a3f9a',
  '#2f4fa8',
  '#3a9ad0',
  '#2f9a8a',
  '#4fa24a',
  '#9a8f3a',
  '#8a5632',
  '#3a3a44',
] as const;

/** A tin of twelve watercolours with its brush, seen from above. */
export function drawWatercolours(sketch: Sketch): void {
  paintStudio(sketch, '#f2ece2', '#f0e9dd');
  const wash = ['#3a9ad0', '#dd4a3a', '#f2d13c', '#4fa24a'].map((colour, index) => {
    const blot = sketch.glow(
      [0.5, 0.5],
      0.5,
      [0, colour as `#${string}`, 0.5],
      [0.8, colour as `#${string}`, 0.32],
      [1, colour as `#${string}`, 0],
    );
    return `<ellipse cx="${280 + index * 250}" cy="${150 + (index % 2) * 50}" rx="170" ry="96" fill="${blot}"/>`;
  });
  sketch.add(...wash);
  castShadow(sketch, { x: 660, y: 770, width: 940, depth: 70 });
  const tin = sketch.between([200, 300], [1100, 800], [0, '#5a6470'], [1, '#23292f']);
  sketch.add(
    `<rect x="210" y="310" width="880" height="460" rx="34" fill="${tin}"/><rect x="236" y="334" width="828" height="412" rx="20" fill="#f7f5f0"/>`,
    '<path d="M244 314H1056" stroke="#fff" stroke-opacity=".5" stroke-width="5"/>',
  );
  pans.forEach((paint, index) => {
    const x = 262 + (index % 6) * 132;
    const y = 358 + Math.floor(index / 6) * 192;
    const cake = sketch.between(
      [x, y],
      [x + 116, y + 170],
      [0, lighter(paint, 0.25)],
      [1, darker(paint, 0.22)],
    );
    sketch.add(
      `<rect x="${x}" y="${y}" width="116" height="172" rx="12" fill="#d6d2c9"/><rect x="${x + 8}" y="${y + 8}" width="100" height="156" rx="8" fill="${cake}"/><path d="M${x + 24} ${y + 30}q30-16 60-4" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="9" stroke-linecap="round"/>`,
    );
  });
  const wood = sketch.down([0, '#f0a24a'], [0.5, '#c4602a'], [1, '#7a300f']);
  sketch.add(
    '<g transform="translate(330 880) rotate(-24)"><rect x="0" y="6" width="720" height="22" rx="11" fill="#17120f" opacity=".25"/>',
    `<path d="M150-14L700-5Q716 0 700 5L150 14z" fill="${wood}"/><rect x="70" y="-17" width="92" height="34" rx="4" fill="${sketch.down([0, '#fff'], [0.5, '#a9b0b3'], [1, '#5a6166'])}"/><path d="M72-15Q20-26-50 2Q20 26 72 15z" fill="#6b412a"/><path d="M-8-8Q-30-4-50 2Q-30 8-6 10z" fill="#3a9ad0"/></g>`,
  );
}
