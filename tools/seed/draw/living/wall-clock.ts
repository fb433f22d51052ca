import { around } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { paintStudio } from '../studio.ts';

/** A round clock of ash wood on the wall, ten past ten. */
export function drawWallClock(sketch: Sketch): void {
  paintStudio(sketch, '#8fa9a4', '#8fa9a4');
  const [x, y] = [650, 470];
  const wood = sketch.between(
    [380, 200],
    [920, 740],
    [0, '#f3d9b0'],
    [0.5, '#d0a56b'],
    [1, '#8f6537'],
  );
  const face = sketch.between([420, 240], [880, 700], [0, '#fffdf8'], [1, '#e6dfd3']);
  const shadow = sketch.glow([0.5, 0.5], 0.5, [0.8, '#16211f', 0.5], [1, '#16211f', 0]);
  const ticks = Array.from({ length: 60 }, (_, minute) => {
    const hour = minute % 5 === 0;
    return `<path d="M${around(x, y, hour ? 208 : 224, minute * 6)}L${around(x, y, 240, minute * 6)}" stroke-width="${hour ? 11 : 3}"/>`;
  });
  const hand = (turn: number, from: number, to: number, wide: number, colour: string) =>
    `<path d="M${around(x, y, -from, turn)}L${around(x, y, to, turn)}" stroke="${colour}" stroke-width="${wide}" stroke-linecap="round"/>`;
  sketch.add(
    `<circle cx="${x + 34}" cy="${y + 44}" r="340" fill="${shadow}"/>`,
    `<circle cx="${x}" cy="${y}" r="310" fill="${wood}"/><circle cx="${x}" cy="${y}" r="268" fill="#7c5832"/><circle cx="${x}" cy="${y}" r="262" fill="${face}"/>`,
    `<circle cx="${x}" cy="${y}" r="304" fill="none" stroke="#fff3da" stroke-opacity=".6" stroke-width="4"/>`,
    `<g stroke="#2f3a3a" stroke-linecap="round">${ticks.join('')}</g>`,
    `<g opacity=".22" transform="translate(9 12)">${hand(304, 30, 138, 18, '#000')}${hand(61, 40, 204, 12, '#000')}</g>`,
    hand(304, 30, 138, 18, '#2f3a3a'),
    hand(61, 40, 204, 12, '#2f3a3a'),
    hand(182, 60, 214, 5, '#d4553a'),
    `<circle cx="${x}" cy="${y}" r="16" fill="#d4553a"/><circle cx="${x}" cy="${y}" r="6" fill="#fff"/>`,
    `<path d="M444 380A230 230 0 0 1 600 244" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="14" stroke-linecap="round"/>`,
  );
}
