import { createChance } from '../chance.ts';
import { drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const head = (y: number, size: number) =>
  [
    [y, 22 * size],
    [y + 30 * size, 66 * size],
    [y + 90 * size, 80 * size],
    [y + 128 * size, 44 * size],
  ] as const;
const body = (y: number, size: number, foot: number) =>
  [
    [y, 50 * size],
    [y + 36 * size, 84 * size],
    [y + 150 * size, 54 * size],
    [foot - 110 * size, 66 * size],
    [foot, 94 * size],
  ] as const;

/** A pair of turned mills, walnut for pepper and maple for salt, peppercorns at their feet. */
export function drawPepperMills(sketch: Sketch): void {
  const chance = createChance(53);
  paintStudio(sketch, '#e4d6a9', '#e6dab4');
  castShadow(sketch, { x: 790, y: 786, width: 200, depth: 36 });
  drawTurned(sketch, { x: 790, profile: body(390, 0.9, 786), colour: '#e2bf8c', gloss: 0.5 });
  drawTurned(sketch, { x: 790, profile: head(276, 0.9), colour: '#e2bf8c', gloss: 0.5 });
  sketch.add(
    '<circle cx="790" cy="264" r="17" fill="#b8bdc0"/><circle cx="785" cy="259" r="6" fill="#fff"/>',
  );
  castShadow(sketch, { x: 520, y: 826, width: 230, depth: 42 });
  drawTurned(sketch, { x: 520, profile: body(270, 1.1, 824), colour: '#6b412a', gloss: 0.4 });
  drawTurned(sketch, { x: 520, profile: head(132, 1.1), colour: '#6b412a', gloss: 0.4 });
  sketch.add(
    '<circle cx="520" cy="118" r="20" fill="#c9a465"/><circle cx="514" cy="112" r="7" fill="#fff3d0"/>',
  );
  const corns = Array.from({ length: 26 }, () => {
    const x = chance(610, 1010);
    const y = chance(836, 896);
    const r = chance(8, 13);
    return `<ellipse cx="${(x + 5).toFixed(0)}" cy="${(y + 7).toFixed(0)}" rx="${r.toFixed(1)}" ry="6" fill="#5a4a20" opacity=".4"/><circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${r.toFixed(1)}" fill="#38302b"/><circle cx="${(x - 3).toFixed(0)}" cy="${(y - 3).toFixed(0)}" r="3" fill="#8d8078"/>`;
  });
  sketch.add(...corns);
}
