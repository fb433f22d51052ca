import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** An album: the record half out of a sleeve with a printed sunset. */
export function drawRecord(sketch: Sketch): void {
  paintStudio(sketch, '#c3cbe0', '#ccd2e2');
  castShadow(sketch, { x: 620, y: 812, width: 800, depth: 46 });
  const vinyl = sketch.glow([0.5, 0.5], 0.5, [0, '#3a383c'], [0.8, '#1b1a1d'], [1, '#2e2d31']);
  const shine = sketch.between(
    [560, 240],
    [1060, 740],
    [0, '#fff', 0],
    [0.42, '#fff', 0],
    [0.5, '#fff', 0.3],
    [0.58, '#fff', 0],
    [1, '#fff', 0],
  );
  const grooves = Array.from(
    { length: 15 },
    (_, index) =>
      `<circle cx="800" cy="500" r="${120 + index * 12}" stroke-opacity="${index % 5 === 4 ? 0.3 : 0.1}"/>`,
  );
  sketch.add(
    `<circle cx="800" cy="500" r="302" fill="${vinyl}"/><g fill="none" stroke="#fff" stroke-width="2">${grooves.join('')}</g>`,
    `<circle cx="800" cy="500" r="302" fill="${shine}"/><circle cx="800" cy="500" r="100" fill="#e7b34c"/><circle cx="800" cy="500" r="76" fill="none" stroke="#8a5a1c" stroke-width="4"/><circle cx="800" cy="500" r="10" fill="#c3cbe0"/>`,
    '<rect x="218" y="196" width="620" height="624" rx="6" fill="#10131c" opacity=".35"/>',
  );
  const sky = sketch.down([0, '#28345f'], [0.45, '#b0527a'], [0.7, '#f2935c'], [1, '#f9cf82']);
  const sun = sketch.down([0, '#fff1a8'], [1, '#f2663f']);
  const bars = [0, 1, 2, 3, 4].map(
    (index) =>
      `<rect x="200" y="${560 + index * 34}" width="620" height="${6 + index * 4}" fill="#b0527a" opacity=".85"/>`,
  );
  sketch.add(
    `<rect x="200" y="184" width="620" height="620" rx="4" fill="${sky}"/>`,
    `<circle cx="510" cy="540" r="170" fill="${sun}"/>${bars.join('')}`,
    '<path d="M200 804V690L330 600 430 690 520 620 640 710 720 650 820 730V804z" fill="#1f1b3a"/>',
    '<path d="M200 804V752Q420 700 820 770V804z" fill="#12102a"/>',
    `<rect x="200" y="184" width="620" height="620" rx="4" fill="${sketch.across([0, '#fff', 0.35], [0.04, '#fff', 0], [0.9, '#000', 0], [1, '#000', 0.25])}"/>`,
    '<path d="M240 236h150M240 264h96" stroke="#ffe9c2" stroke-width="12" stroke-linecap="round"/>',
  );
}
