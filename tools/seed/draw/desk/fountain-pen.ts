import type { Sketch } from '../sketch.ts';
import { paintStudio } from '../studio.ts';

/** A fountain pen across a sheet of paper that it has just signed. */
export function drawFountainPen(sketch: Sketch): void {
  paintStudio(sketch, '#54657d', '#5d6d82');
  const paper = sketch.between([200, 200], [1100, 900], [0, '#fffdf6'], [1, '#e4dcc8']);
  const barrel = sketch.down([0, '#e3677a'], [0.25, '#a81f3a'], [0.7, '#5c0d1f'], [1, '#33060f']);
  const gold = sketch.down([0, '#fff1c4'], [0.4, '#d9a94a'], [1, '#7a5216']);
  const lines = [380, 460, 540, 620].map((y) => `M300 ${y}H${y === 620 ? 620 : 960}`);
  sketch.add(
    '<g transform="rotate(-4 650 520)"><rect x="216" y="190" width="880" height="700" fill="#131a24" opacity=".35"/>',
    `<rect x="200" y="172" width="880" height="700" fill="${paper}"/>`,
    `<path d="M300 290H620" stroke="#54657d" stroke-width="16" stroke-linecap="round"/><path d="${lines.join('')}" stroke="#9aa6b5" stroke-opacity=".7" stroke-width="5"/>`,
    '<path d="M330 780C370 680 430 700 400 770S470 720 500 720s-10 60 20 56 40-60 66-56-14 58 16 56 60-40 96-48" fill="none" stroke="#22366e" stroke-width="8" stroke-linecap="round"/></g>',
    '<g transform="translate(676 716) rotate(-36)">',
    '<rect x="70" y="10" width="600" height="64" rx="32" fill="#131a24" opacity=".3" transform="translate(10 34)"/>',
    `<path d="M0 0L92-26V26z" fill="${gold}"/><path d="M8 0H70" stroke="#5c3d0c" stroke-width="3"/><circle cx="72" cy="0" r="7" fill="#5c3d0c"/>`,
    `<path d="M88-28Q130-34 168-32V32Q130 34 88 28z" fill="#1d1c20"/><rect x="166" y="-36" width="14" height="72" rx="4" fill="${gold}"/>`,
    `<path d="M180-38H560Q640-34 650 0Q640 34 560 38H180z" fill="${barrel}"/><rect x="552" y="-39" width="16" height="78" rx="4" fill="${gold}"/>`,
    '<path d="M196-20H540" stroke="#fff" stroke-opacity=".55" stroke-width="8" stroke-linecap="round"/></g>',
  );
}
