import { drawRod, drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A coffee press: glass in a copper frame, half full. */
export function drawFrenchPress(sketch: Sketch): void {
  paintStudio(sketch, '#e6cfc0', '#e9d8ca');
  castShadow(sketch, { x: 640, y: 826, width: 360, depth: 54 });
  drawRod(sketch, 'M806 410C960 400 960 720 806 700', '#2c2522', 40);
  const body = (top: number, bottom: number, fill: string) =>
    `<path d="M470 ${top}a170 27 0 0 0 340 0V${bottom}a170 27 0 0 1-340 0z" fill="${fill}"/>`;
  const glass = sketch.across(
    [0, '#ffffff', 0.75],
    [0.14, '#e8f0f0', 0.3],
    [0.7, '#dfe8e8', 0.22],
    [1, '#b9c6c6', 0.7],
  );
  const coffee = sketch.across([0, '#2a140a'], [0.3, '#6b3b1e'], [0.5, '#46240f'], [1, '#1c0d06']);
  sketch.add(
    '<path d="M640 130V560" stroke="#8d9396" stroke-width="12"/><path d="M637 130V560" stroke="#fff" stroke-opacity=".7" stroke-width="3"/>',
    body(560, 800, coffee),
    '<ellipse cx="640" cy="560" rx="170" ry="27" fill="#9a6a3f"/><ellipse cx="640" cy="562" rx="120" ry="15" fill="#b98a58" opacity=".7"/>',
    body(330, 800, glass),
    '<path d="M512 380V770" stroke="#fff" stroke-opacity=".65" stroke-width="18" stroke-linecap="round"/>',
  );
  const copper = '#c57a4a';
  for (const [top, tall] of [
    [392, 26],
    [700, 26],
    [786, 36],
  ] as const) {
    sketch.add(
      `<path d="M466 ${top}a174 27 0 0 0 348 0v${tall}a174 27 0 0 1-348 0z" fill="${sketch.cylinder(copper, 0.6)}"/>`,
    );
  }
  for (const x of [500, 780]) drawRod(sketch, `M${x} 404V812`, copper, 16);
  const lid = [
    [262, 60],
    [300, 150],
    [336, 178],
  ] as const;
  drawTurned(sketch, { x: 640, profile: lid, colour: copper, gloss: 0.6 });
  const knob = [
    [112, 26],
    [140, 38],
    [172, 20],
  ] as const;
  drawTurned(sketch, { x: 640, profile: knob, colour: '#2c2522', gloss: 0.35 });
}
