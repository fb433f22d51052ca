import { drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** An hourglass between two walnut discs, half run. */
export function drawHourglass(sketch: Sketch): void {
  paintStudio(sketch, '#a7c4bd', '#b5cdc5');
  castShadow(sketch, { x: 650, y: 836, width: 380, depth: 54 });
  const disc = (y: number) =>
    drawTurned(sketch, {
      x: 650,
      profile: [
        [y, 190],
        [y + 40, 190],
      ],
      colour: '#7a4a2c',
      straight: true,
      top: '#b07a4c',
    });
  disc(792);
  const post = (x: number, half: number) =>
    drawTurned(sketch, {
      x,
      profile: [
        [180, half],
        [480, half * 1.5],
        [804, half],
      ],
      colour: '#8f5a36',
    });
  post(650, 9);
  const bulb =
    'M520 190C510 400 560 430 632 492C560 560 510 590 520 796A130 20 0 0 0 780 796C790 590 740 560 668 492C740 430 790 400 780 190z';
  const glass = sketch.across(
    [0, '#ffffff', 0.8],
    [0.2, '#eef6f5', 0.3],
    [0.75, '#eef6f5', 0.25],
    [1, '#8fa9a4', 0.6],
  );
  const sand = sketch.across([0, '#f5d9a0'], [0.4, '#e9b96a'], [1, '#b47f35']);
  sketch.add(
    `<path d="M560 380Q650 396 740 380C724 420 700 442 668 476L650 492L632 476C600 442 576 420 560 380z" fill="${sand}"/><ellipse cx="650" cy="381" rx="90" ry="14" fill="#f9e4b8"/>`,
    '<path d="M650 490V690" stroke="#e9b96a" stroke-width="5"/>',
    `<path d="M528 792Q560 740 650 676Q740 740 772 792A124 18 0 0 1 528 792z" fill="${sand}"/>`,
    `<path d="${bulb}" fill="${glass}" stroke="#fff" stroke-opacity=".8" stroke-width="4"/>`,
    '<path d="M548 230C546 330 560 376 590 410M556 770C550 680 566 630 590 590" fill="none" stroke="#fff" stroke-opacity=".85" stroke-width="13" stroke-linecap="round"/>',
  );
  post(488, 13);
  post(812, 13);
  disc(150);
}
