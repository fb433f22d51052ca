import { drawRod } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow } from '../studio.ts';
import { paintMeadow } from './landscape.ts';

/** A sleeping mat rolled up and strapped, its end spiralling towards us. */
export function drawSleepingMat(sketch: Sketch): void {
  paintMeadow(sketch, '#9ec7c4', '#8d9a58', 79);
  castShadow(sketch, { x: 640, y: 822, width: 820, depth: 70 });
  const roll = sketch.down([0, '#9fb3e0'], [0.25, '#5a74b8'], [0.7, '#35488a'], [1, '#1c2850']);
  sketch.add(
    `<path d="M400 470H960a110 176 0 0 1 0 352H400z" fill="${roll}"/>`,
    ...Array.from(
      { length: 9 },
      (_, index) =>
        `<path d="M430 ${500 + index * 36}H${1040 - Math.abs(index - 4) * 10}" stroke="#fff" stroke-opacity=".13" stroke-width="5"/>`,
    ),
  );
  const spiral = Array.from({ length: 90 }, (_, index) => {
    const turn = index * 0.235;
    const reach = 1 - index / 96;
    return `${index ? 'L' : 'M'}${(400 + Math.cos(turn) * 108 * reach).toFixed(1)} ${(646 + Math.sin(turn) * 172 * reach).toFixed(1)}`;
  }).join('');
  sketch.add(
    `<ellipse cx="400" cy="646" rx="112" ry="176" fill="${sketch.between([300, 480], [500, 820], [0, '#f0c36a'], [1, '#b9812c'])}"/>`,
    `<path d="${spiral}" fill="none" stroke="#4a5fa3" stroke-width="11" stroke-linejoin="round"/>`,
    '<ellipse cx="400" cy="646" rx="112" ry="176" fill="none" stroke="#35488a" stroke-width="8"/>',
  );
  for (const x of [590, 850]) {
    drawRod(sketch, `M${x} 468q92 60 92 178t-92 178`, '#3a2a20', 34);
    sketch.add(
      `<rect x="${x + 62}" y="596" width="56" height="72" rx="8" fill="none" stroke="#d8ad5c" stroke-width="11"/>`,
    );
  }
  drawRod(sketch, 'M600 470C620 380 830 380 850 470', '#3a2a20', 26);
}
