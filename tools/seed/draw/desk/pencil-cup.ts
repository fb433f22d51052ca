import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const pencils = [
  ['#d4453a', 560, -13, 130],
  ['#e7a83a', 604, -7, 70],
  ['#4f9a5c', 640, -2, 150],
  ['#2f7fb0', 684, 4, 60],
  ['#7a4fa0', 718, 9, 120],
  ['#e06f9a', 750, 15, 160],
] as const;

/** Coloured pencils in a concrete cup. */
export function drawPencilCup(sketch: Sketch): void {
  paintStudio(sketch, '#f3dc7f', '#f2e0a0');
  castShadow(sketch, { x: 650, y: 830, width: 320, depth: 54 });
  sketch.add('<ellipse cx="650" cy="480" rx="164" ry="27" fill="#3a3a3c"/>');
  for (const [colour, x, turn, top] of pencils) {
    const paint = sketch.across(
      [0, lighter(colour, 0.35)],
      [0.34, lighter(colour, 0.2)],
      [0.35, colour],
      [0.66, colour],
      [0.67, darker(colour, 0.3)],
      [1, darker(colour, 0.45)],
    );
    sketch.add(
      `<g transform="rotate(${turn} ${x} 560)"><path d="M${x - 22} ${top + 84}V620h44V${top + 84}l-22-10z" fill="${paint}"/><path d="M${x - 22} ${top + 88}L${x} ${top}L${x + 22} ${top + 88}q-11-14-22 0q-11-14-22 0z" fill="#ecc795"/><path d="M${x - 8} ${top + 32}L${x} ${top}L${x + 8} ${top + 32}q-8 6-16 0z" fill="${colour}"/></g>`,
    );
  }
  // The far rim is behind the pencils: the cup's front begins at its near rim.
  const front = `<path d="M480 480a170 27 0 0 0 340 0L806 826a156 25 0 0 1-312 0z" fill="${sketch.cylinder('#b3b1ac', 0.4)}"/>`;
  sketch.add(
    front,
    `<path d="M480 480a170 27 0 0 0 340 0" fill="none" stroke="#ecebe7" stroke-width="7"/>`,
    '<path d="M486 640a166 26 0 0 0 328 0l-4 96a160 26 0 0 1-320 0z" fill="#d4853a" opacity=".9"/>',
  );
}
