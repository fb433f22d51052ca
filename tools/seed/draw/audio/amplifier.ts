import { around, drawBox } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A hi-fi amplifier: brushed front, two lit meters, a large knob. */
export function drawAmplifier(sketch: Sketch): void {
  paintStudio(sketch, '#8b9a8c', '#98a597');
  castShadow(sketch, { x: 660, y: 776, width: 1000, depth: 60 });
  for (const x of [280, 960]) {
    sketch.add(`<rect x="${x}" y="744" width="90" height="34" rx="10" fill="#1d1c1b"/>`);
  }
  drawBox(sketch, { x: 170, y: 400, width: 920, height: 350, depth: 110, colour: '#7a4a2a' });
  const steel = sketch.down([0, '#f4f2ee'], [0.1, '#d9d6d0'], [0.6, '#bdb9b2'], [1, '#8e8a83']);
  const brushed = Array.from(
    { length: 30 },
    (_, index) => `M210 ${424 + index * 10 + (index % 3)}H1050`,
  );
  sketch.add(
    `<rect x="206" y="418" width="848" height="314" rx="8" fill="${steel}"/><path d="${brushed.join('')}" stroke="#fff" stroke-opacity=".22" stroke-width="2"/>`,
    '<path d="M208 420H1052" stroke="#fff" stroke-width="4"/>',
  );
  drawMeter(sketch, 250, -18);
  drawMeter(sketch, 490, 14);
  drawKnob(sketch, 884, 550, 104, 40);
  for (const [index, x] of [290, 410, 530, 650].entries()) drawKnob(sketch, x, 682, 26, index * 50);
  sketch.add(
    '<circle cx="1012" cy="690" r="9" fill="#ff9d3c"/><circle cx="1012" cy="690" r="18" fill="#ff9d3c" opacity=".3"/>',
  );
}

function drawMeter(sketch: Sketch, x: number, turn: number): void {
  const lit = sketch.glow([0.5, 0.9], 0.9, [0, '#fff6cf'], [0.6, '#ffd889'], [1, '#d99a45']);
  const [middle, foot] = [x + 105, 640];
  const ticks = Array.from(
    { length: 13 },
    (_, index) =>
      `<path d="M${around(middle, foot, 128, -36 + index * 6)}L${around(middle, foot, index % 3 ? 140 : 148, -36 + index * 6)}" stroke="${index > 8 ? '#c9332a' : '#3a2a18'}"/>`,
  );
  sketch.add(
    `<rect x="${x - 6}" y="446" width="222" height="166" rx="12" fill="#1d1c1b"/><rect x="${x}" y="452" width="210" height="154" rx="8" fill="${lit}"/>`,
    `<g stroke-width="4">${ticks.join('')}</g>`,
    `<path d="M${around(middle, foot, 44, turn)}L${around(middle, foot, 142, turn)}" stroke="#1d1c1b" stroke-width="4"/>`,
    `<path d="M${x + 6} 458h120l-60 142h-60z" fill="#fff" opacity=".22"/>`,
  );
}

function drawKnob(sketch: Sketch, x: number, y: number, radius: number, turn: number): void {
  const face = sketch.between(
    [x - radius, y - radius],
    [x + radius, y + radius],
    [0, '#ffffff'],
    [0.5, '#b9b6b0'],
    [1, '#5d5a55'],
  );
  const rim = sketch.between(
    [x - radius, y - radius],
    [x + radius, y + radius],
    [0, '#8a8781'],
    [1, '#f2f0ec'],
  );
  sketch.add(
    `<circle cx="${x + radius * 0.1}" cy="${y + radius * 0.14}" r="${radius * 1.04}" fill="#1d1c1b" opacity=".4"/>`,
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="${rim}"/><circle cx="${x}" cy="${y}" r="${radius * 0.86}" fill="${face}"/>`,
    `<path d="M${around(x, y, radius * 0.45, turn)}L${around(x, y, radius * 0.76, turn)}" stroke="#2a2826" stroke-width="${radius * 0.1}" stroke-linecap="round"/>`,
  );
}
