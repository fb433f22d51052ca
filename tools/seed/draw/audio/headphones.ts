import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const shell = '#2c2f3a';
const leather = '#a8694a';

/** Closed headphones standing upright: tan cushions, dark shells, copper rings. */
export function drawHeadphones(sketch: Sketch): void {
  paintStudio(sketch, '#d6cfe4', '#d9d3e6');
  castShadow(sketch, { x: 430, y: 838, width: 230, depth: 44 });
  castShadow(sketch, { x: 870, y: 838, width: 230, depth: 44 });

  // Band: inside cushion behind, steel spring, leather outside, stitching.
  const outside = sketch.between(
    [400, 120],
    [900, 420],
    [0, lighter(leather, 0.42)],
    [0.35, leather],
    [1, darker(leather, 0.45)],
  );
  const band = 'M414 520C392 250 500 132 650 132S908 250 886 520';
  sketch.add(
    `<path d="${band}" fill="none" stroke="${darker(shell, 0.4)}" stroke-width="30" stroke-linecap="round"/>`,
    `<path d="M452 330C484 214 560 176 650 176S816 214 848 330" fill="none" stroke="${darker(leather, 0.55)}" stroke-width="44" stroke-linecap="round"/>`,
    `<path d="M428 352C448 208 536 140 650 140S852 208 872 352" fill="none" stroke="${darker(leather, 0.5)}" stroke-width="50" stroke-linecap="round"/>`,
    `<path d="M428 350C448 206 536 138 650 138S852 206 872 350" fill="none" stroke="${outside}" stroke-width="44" stroke-linecap="round"/>`,
    `<path d="M436 330C462 210 544 150 650 150S838 210 864 330" fill="none" stroke="#f3d9c4" stroke-opacity=".55" stroke-width="2.5" stroke-dasharray="10 8"/>`,
    `<path d="M446 288C474 196 548 128 640 124" fill="none" stroke="#fff" stroke-opacity=".34" stroke-width="9" stroke-linecap="round"/>`,
  );

  for (const side of [-1, 1]) {
    // Light comes from the left for both, so only the shapes are mirrored.
    const steel = ['#f0f1f4', '#a9adb8', '#5c606c'] as const;
    const [near, between, far] = side < 0 ? steel.toReversed() : steel;
    const yoke = sketch.across([0, near], [0.5, between], [1, far]);
    const cup = sketch.across(
      [0, side < 0 ? lighter(shell, 0.34) : darker(shell, 0.3)],
      [0.4, side < 0 ? lighter(shell, 0.08) : shell],
      [1, side < 0 ? darker(shell, 0.4) : lighter(shell, 0.1)],
    );
    const cushion = sketch.across(
      [0, darker(leather, 0.55)],
      [0.35, leather],
      [0.6, lighter(leather, 0.34)],
      [1, darker(leather, 0.3)],
    );
    const plate = sketch.between(
      [0, 470],
      [0, 830],
      [0, lighter(shell, 0.4)],
      [0.5, shell],
      [1, darker(shell, 0.45)],
    );
    sketch.add(
      `<g transform="translate(650 0) scale(${side} 1)">`,
      `<path d="M214 330h34l4 130h-42z" fill="${yoke}"/>`,
      `<path d="M150 520Q116 520 116 580V760Q116 822 150 822Q176 822 176 760V580Q176 520 150 520z" fill="${cushion}"/>`,
      `<path d="M132 560V780" stroke="#fbe6d6" stroke-opacity=".28" stroke-width="5" stroke-linecap="round"/>`,
      `<path d="M166 500h44q104 0 104 172T210 844H166q-14 0-14-40V540q0-40 14-40z" fill="${cup}"/>`,
      `<path d="M216 500q98 6 98 172T216 844q60-40 60-172T216 500z" fill="${plate}"/>`,
      `<path d="M218 512q52 40 52 160T218 832" fill="none" stroke="#d08a56" stroke-width="7"/>`,
      `<path d="M168 508h40" stroke="#fff" stroke-opacity=".3" stroke-width="6" stroke-linecap="round"/>`,
      `<path d="M231 452Q320 470 322 600Q324 660 316 690" fill="none" stroke="${yoke}" stroke-width="20" stroke-linecap="round"/>`,
      `<circle cx="314" cy="680" r="19" fill="${darker(shell, 0.2)}"/><circle cx="312" cy="677" r="10" fill="#d08a56"/>`,
      '</g>',
    );
  }
}
