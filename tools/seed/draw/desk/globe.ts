import { drawRod, drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A desk globe in a brass half ring; its continents are its own. */
export function drawGlobe(sketch: Sketch): void {
  paintStudio(sketch, '#e7c3b4', '#e9cdbf');
  castShadow(sketch, { x: 650, y: 838, width: 340, depth: 52 });
  const foot = [
    [716, 20],
    [760, 30],
    [800, 130],
    [832, 164],
  ] as const;
  drawTurned(sketch, { x: 650, profile: foot, colour: '#6b412a', gloss: 0.4 });
  drawRod(sketch, 'M766 92A322 322 0 1 1 480 668', '#c9974a', 22);
  const sea = sketch.glow([0.36, 0.3], 0.78, [0, '#b9e3ea'], [0.4, '#4d9fb5'], [1, '#173c56']);
  const shade = sketch.glow(
    [0.36, 0.3],
    0.78,
    [0, '#fff', 0.3],
    [0.5, '#fff', 0],
    [1, '#0b1c2b', 0.6],
  );
  const circles = [0.3, 0.66, 0.92].map(
    (share) => `<ellipse cx="640" cy="400" rx="${280 * share}" ry="280"/>`,
  );
  const parallels = [-170, -85, 0, 85, 170].map((dy) => {
    const half = Math.sqrt(280 ** 2 - dy ** 2);
    return `<path d="M${(640 - half).toFixed(0)} ${400 + dy}Q640 ${440 + dy} ${(640 + half).toFixed(0)} ${400 + dy}"/>`;
  });
  sketch.add(
    '<clipPath id="ball"><circle cx="640" cy="400" r="280"/></clipPath>',
    `<circle cx="640" cy="400" r="280" fill="${sea}"/>`,
    '<g clip-path="url(#ball)" transform="rotate(14 640 400)"><g fill="#d9b76a" stroke="#8f6a2c" stroke-width="3"><path d="M440 220Q520 160 600 200Q640 240 590 280Q560 330 520 320Q470 340 450 400Q400 380 396 320Q400 250 440 220z"/><path d="M520 430Q590 400 630 450Q640 520 590 570Q560 640 530 610Q500 520 496 470z"/><path d="M700 170Q800 160 860 240Q900 320 850 350Q790 330 770 380Q720 390 706 330Q660 300 680 240z"/><path d="M730 430Q800 420 820 490Q800 580 750 570Q710 520 700 470z"/><path d="M560 140q60-24 110 0q-50 26-110 0z"/></g>',
    `<g fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="3">${circles.join('')}${parallels.join('')}</g></g>`,
    `<circle cx="640" cy="400" r="280" fill="${shade}"/><path d="M430 330C450 250 500 200 560 176" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="18" stroke-linecap="round"/>`,
    '<circle cx="764" cy="94" r="17" fill="#e7c27a"/><circle cx="482" cy="668" r="17" fill="#a9772f"/>',
  );
}
