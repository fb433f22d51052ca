import { createChance } from '../chance.ts';
import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const veneer = '#a5703f';
const baffle = '#23262b';

/** Two bookshelf speakers in walnut veneer; the one behind is smaller by distance. */
export function drawSpeaker(sketch: Sketch): void {
  paintStudio(sketch, '#b7c5d1', '#c3ced8');
  drawCabinet(sketch, 'translate(450 96) scale(.78)', 4);
  drawCabinet(sketch, 'translate(-110 20)', 9);
}

function drawCabinet(sketch: Sketch, place: string, seed: number): void {
  const chance = createChance(seed);
  sketch.add(`<g transform="${place}">`);
  castShadow(sketch, { x: 660, y: 826, width: 470, depth: 56 });

  // Side, top, front: three faces give it its depth.
  const side = sketch.across([0, darker(veneer, 0.5)], [1, darker(veneer, 0.3)]);
  const top = sketch.across([0, lighter(veneer, 0.36)], [1, lighter(veneer, 0.06)]);
  const front = sketch.between(
    [450, 150],
    [800, 830],
    [0, lighter(veneer, 0.22)],
    [0.6, veneer],
    [1, darker(veneer, 0.25)],
  );
  const grain = Array.from({ length: 20 }, (_, index) => {
    const x = 452 + index * 18 + chance(-5, 5);
    return `<path d="M${x} 172q${chance(-9, 9)} 330 ${chance(-4, 4)} 650" stroke-opacity="${chance(0.1, 0.3).toFixed(2)}" stroke-width="${chance(1, 3.5).toFixed(1)}"/>`;
  });
  sketch.add(
    `<path d="M810 170L900 128V780L810 826z" fill="${side}"/>`,
    `<path d="M444 170L546 128H900L810 170z" fill="${top}"/>`,
    `<rect x="444" y="170" width="366" height="656" rx="5" fill="${front}"/>`,
    `<g fill="none" stroke="${darker(veneer, 0.5)}">${grain.join('')}</g>`,
    `<path d="M446 828V172H808" fill="none" stroke="${lighter(veneer, 0.6)}" stroke-opacity=".7" stroke-width="3"/>`,
    `<rect x="466" y="192" width="322" height="612" rx="14" fill="${sketch.between([466, 192], [788, 804], [0, lighter(baffle, 0.16)], [1, darker(baffle, 0.4)])}"/>`,
  );

  drawDriver(sketch, 627, 312, 76, '#d7b36a');
  drawDriver(sketch, 627, 566, 138, '#7f8790');

  // Reflex port and a brass badge.
  sketch.add(
    `<rect x="567" y="738" width="120" height="26" rx="13" fill="#08090b"/><path d="M572 760q55 8 110 0" stroke="#6a707a" stroke-opacity=".7" stroke-width="3" fill="none"/>`,
    `<rect x="496" y="212" width="48" height="12" rx="3" fill="${sketch.across([0, '#f5dca0'], [1, '#9a7434'])}"/>`,
    '</g>',
  );
}

/** A round driver: trim ring, rubber surround, cone, dust cap. */
function drawDriver(sketch: Sketch, x: number, y: number, radius: number, cap: `#${string}`): void {
  const ring = sketch.between(
    [x - radius, y - radius],
    [x + radius, y + radius],
    [0, '#eceff2'],
    [0.45, '#6d747c'],
    [1, '#30343a'],
  );
  const rubber = sketch.glow([0.5, 0.5], 0.5, [0.72, '#0b0c0e'], [0.85, '#3b4047'], [1, '#0e0f11']);
  const cone = sketch.glow(
    [0.44, 0.4],
    0.62,
    [0, '#101114'],
    [0.5, '#34383e'],
    [0.85, '#59606a'],
    [1, '#1a1c1f'],
  );
  const dust = sketch.glow(
    [0.36, 0.32],
    0.75,
    [0, lighter(cap, 0.62)],
    [0.5, cap],
    [1, darker(cap, 0.55)],
  );
  const screws = [45, 135, 225, 315].map((turn) => {
    const at = (turn * Math.PI) / 180;
    return `<circle cx="${(x + Math.cos(at) * radius * 1.05).toFixed(1)}" cy="${(y + Math.sin(at) * radius * 1.05).toFixed(1)}" r="5" fill="#8d949c"/>`;
  });
  const ribs = [0.5, 0.58, 0.66].map(
    (share) =>
      `<circle cx="${x}" cy="${y}" r="${radius * share}" fill="none" stroke="#fff" stroke-opacity=".07" stroke-width="3"/>`,
  );
  sketch.add(
    `<circle cx="${x}" cy="${y}" r="${radius * 1.13}" fill="${ring}"/><circle cx="${x}" cy="${y}" r="${radius * 1.09}" fill="#191b1f"/>${screws.join('')}`,
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="${rubber}"/><circle cx="${x}" cy="${y}" r="${radius * 0.76}" fill="${cone}"/>${ribs.join('')}`,
    `<circle cx="${x}" cy="${y}" r="${radius * 0.32}" fill="${dust}"/>`,
  );
}
