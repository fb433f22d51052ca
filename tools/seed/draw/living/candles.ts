import type { Colour } from '../colour.ts';
import { drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** Three pillar candles of unequal height, lit, on an evening's wall. */
export function drawCandles(sketch: Sketch): void {
  paintStudio(sketch, '#5b4a5e', '#6b5364');
  drawCandle(sketch, 460, 470, 84, '#e7c9a2');
  drawCandle(sketch, 850, 560, 92, '#d98f6f');
  drawCandle(sketch, 650, 340, 96, '#f3e6cf');
}

function drawCandle(sketch: Sketch, x: number, top: number, half: number, wax: Colour): void {
  const foot = x === 650 ? 826 : 792;
  castShadow(sketch, { x, y: foot, width: half * 2, depth: 40 });
  const halo = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#ffe2a0', 0.62],
    [0.4, '#ffb866', 0.24],
    [1, '#ffb866', 0],
  );
  sketch.add(`<circle cx="${x}" cy="${top - 60}" r="200" fill="${halo}"/>`);
  const profile = [
    [top, half],
    [foot, half],
  ] as const;
  drawTurned(sketch, { x, profile, colour: wax, gloss: 0.55, straight: true, top: '#fff0c4' });
  const warm = sketch.down([0, '#ffdf94', 0.85], [1, '#ffb866', 0]);
  const flame = sketch.glow([0.5, 0.75], 0.7, [0, '#fff'], [0.5, '#ffe58a'], [1, '#ff8f2e']);
  sketch.add(
    `<path d="M${x - half} ${top}a${half} ${half * 0.16} 0 0 0 ${half * 2} 0v120a${half} ${half * 0.16} 0 0 1 ${-half * 2} 0z" fill="${warm}"/>`,
    `<path d="M${x} ${top + 2}v-30" stroke="#3a2a20" stroke-width="6" stroke-linecap="round"/>`,
    `<path d="M${x} ${top - 116}c26 42 32 60 22 82q-8 16-22 16t-22-16c-10-22-4-40 22-82z" fill="${flame}"/>`,
  );
}
