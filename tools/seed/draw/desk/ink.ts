import { type Colour, darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** Three square bottles of ink. */
export function drawInk(sketch: Sketch): void {
  paintStudio(sketch, '#dcdde6', '#e2e2e8');
  drawBottle(sketch, 'translate(-190 40) scale(.86)', '#b3304a');
  drawBottle(sketch, 'translate(400 40) scale(.86)', '#2f7a68');
  drawBottle(sketch, 'translate(0 20)', '#2a3f9a');
}

function drawBottle(sketch: Sketch, place: string, ink: Colour): void {
  sketch.add(`<g transform="${place}">`);
  castShadow(sketch, { x: 650, y: 806, width: 300, depth: 48 });
  const glass = sketch.across(
    [0, '#ffffff', 0.85],
    [0.16, lighter(ink, 0.75), 0.6],
    [0.85, lighter(ink, 0.6), 0.6],
    [1, '#ffffff', 0.85],
  );
  const fluid = sketch.between(
    [520, 500],
    [790, 800],
    [0, lighter(ink, 0.3)],
    [0.4, ink],
    [1, darker(ink, 0.55)],
  );
  sketch.add(
    `<path d="M590 400H710V440H750Q802 440 802 500V770Q802 810 760 810H540Q498 810 498 770V500Q498 440 550 440H590z" fill="${glass}"/>`,
    `<path d="M518 540Q650 556 782 540V766Q782 790 754 790H546Q518 790 518 766z" fill="${fluid}"/><path d="M518 540Q650 524 782 540Q650 556 518 540z" fill="${lighter(ink, 0.4)}"/>`,
    '<path d="M532 500V740" stroke="#fff" stroke-opacity=".6" stroke-width="14" stroke-linecap="round"/>',
    `<rect x="572" y="300" width="156" height="104" rx="14" fill="${sketch.cylinder('#26272c', 0.4)}"/>`,
    ...Array.from(
      { length: 9 },
      (_, index) =>
        `<path d="M${588 + index * 15.5} 312V394" stroke="#fff" stroke-opacity=".14" stroke-width="4"/>`,
    ),
    `<rect x="556" y="600" width="188" height="124" rx="4" fill="#fbf6e8"/><path d="M650 622c26 34 34 46 34 62a34 28 0 0 1-68 0c0-16 8-28 34-62z" fill="${ink}"/></g>`,
  );
}
