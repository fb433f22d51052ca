import { drawRod } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow } from '../studio.ts';
import { paintMeadow } from './landscape.ts';

const sail = '#e08a3c';

/** A ridge tent for two on a meadow, its door rolled back. */
export function drawTent(sketch: Sketch): void {
  paintMeadow(sketch, '#7fb4cf', '#7f9f52', 67);
  sketch.add('<circle cx="1040" cy="190" r="70" fill="#fff3c4"/>');
  castShadow(sketch, { x: 640, y: 842, width: 860, depth: 60 });
  const left = sketch.between([280, 300], [620, 840], [0, '#f7c07a'], [0.6, sail], [1, '#a85a1e']);
  const flank = sketch.between([560, 300], [1080, 840], [0, '#c66f2a'], [1, '#7c3f14']);
  const inside = sketch.down([0, '#5d3016'], [1, '#26140a']);
  sketch.add(
    '<path d="M540 290L160 860M1000 330L1180 820" stroke="#f6e7cf" stroke-width="4"/>',
    `<path d="M540 290L960 330L1080 800L760 850z" fill="${flank}"/>`,
    '<path d="M640 570L1022 570" stroke="#f7c07a" stroke-opacity=".35" stroke-width="4"/>',
    `<path d="M540 290L280 850H760z" fill="${left}"/>`,
    `<path d="M532 400L420 850H640z" fill="${inside}"/>`,
    `<path d="M532 400L640 850L700 850Q610 620 532 400z" fill="#fbd49a"/><path d="M532 400L420 850L384 850Q470 640 532 400z" fill="#c9752c"/>`,
    '<path d="M440 840Q530 800 622 840z" fill="#3f6d73"/>',
    '<path d="M300 842H748" stroke="#8a4a18" stroke-width="7"/>',
    '<path d="M540 290L960 330" stroke="#fbe0b4" stroke-width="8" stroke-linecap="round"/>',
  );
  drawRod(sketch, 'M540 300V262', '#9aa1a6', 14);
  sketch.add('<path d="M540 262l64 18-64 20z" fill="#d4453a"/>');
  for (const [x, y] of [
    [160, 860],
    [1180, 820],
  ] as const) {
    drawRod(sketch, `M${x - 10} ${y - 22}L${x + 8} ${y + 16}`, '#c9b48a', 12);
  }
}
