import { type Colour, darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** Widths of the keys of each row, in units; 15 units a row. */
const rows = [
  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
  [1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5],
  [1.75, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.25],
  [2.25, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.75],
  [1.25, 1.25, 1.25, 6.25, 1.25, 1.25, 1.25, 1.25],
] as const;
const unit = 64;

/** A small mechanical keyboard with round-shouldered caps. */
export function drawKeyboard(sketch: Sketch): void {
  paintStudio(sketch, '#a9bfd6', '#b3c6d8');
  castShadow(sketch, { x: 670, y: 780, width: 1060, depth: 80 });
  const frame = sketch.between([140, 300], [1160, 780], [0, '#f4efe4'], [1, '#b9ae98']);
  sketch.add(
    '<rect x="136" y="300" width="1028" height="484" rx="40" fill="#8d836e"/>',
    `<rect x="136" y="286" width="1028" height="480" rx="40" fill="${frame}"/><rect x="158" y="338" width="984" height="398" rx="20" fill="#4a4640"/>`,
    '<path d="M176 290H1124" stroke="#fff" stroke-width="5"/>',
  );
  rows.forEach((row, line) => {
    let x = 170;
    row.forEach((units, index) => {
      const edge = index === 0 || index === row.length - 1;
      const accent = line === 0 && index === 0;
      const enter = line === 2 && index === row.length - 1;
      const cap: Colour = accent ? '#e0663a' : enter ? '#3f8a86' : edge ? '#b7ad9a' : '#f0e8d8';
      drawKey(sketch, x, 350 + line * 76, units * unit, cap);
      x += units * unit;
    });
  });
}

function drawKey(sketch: Sketch, x: number, y: number, width: number, cap: Colour): void {
  sketch.add(
    `<rect x="${x + 3}" y="${y + 3}" width="${width - 6}" height="70" rx="10" fill="${darker(cap, 0.35)}"/>`,
    `<rect x="${x + 9}" y="${y + 4}" width="${width - 18}" height="54" rx="9" fill="${lighter(cap, 0.25)}"/>`,
  );
}
