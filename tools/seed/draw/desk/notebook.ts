import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const cloth = '#2f6b5e';

/** A clothbound notebook with a ribbon and an elastic band, a second one under it. */
export function drawNotebook(sketch: Sketch): void {
  paintStudio(sketch, '#efe3cf', '#efe5d4');
  castShadow(sketch, { x: 660, y: 800, width: 700, depth: 90 });
  drawOne(sketch, 'rotate(13 650 500) translate(60 10)', '#d9805c');
  drawOne(sketch, 'rotate(-7 650 500)', cloth);
}

function drawOne(sketch: Sketch, place: string, cover: `#${string}`): void {
  const face = sketch.between(
    [400, 180],
    [900, 820],
    [0, lighter(cover, 0.26)],
    [0.5, cover],
    [1, darker(cover, 0.3)],
  );
  sketch.add(
    `<g transform="${place}">`,
    '<path d="M560 780V900l18-18 18 18V780z" fill="#e0b349"/>',
    '<rect x="424" y="206" width="480" height="624" rx="14" fill="#17120f" opacity=".28"/>',
    `<rect x="410" y="196" width="478" height="620" rx="10" fill="#f7f0df"/><path d="M878 210V806M870 210V806" stroke="#cbbd9f" stroke-width="2"/>`,
    `<rect x="400" y="180" width="476" height="624" rx="16" fill="${face}"/>`,
    `<path d="M448 180V804" stroke="${darker(cover, 0.4)}" stroke-opacity=".6" stroke-width="6"/><path d="M458 184V800" stroke="${lighter(cover, 0.4)}" stroke-opacity=".4" stroke-width="3"/>`,
    `<rect x="540" y="300" width="240" height="120" rx="6" fill="#f7f0df"/><path d="M572 342H748M572 378H690" stroke="${cover}" stroke-width="9" stroke-linecap="round"/>`,
    `<rect x="812" y="178" width="20" height="628" fill="${darker(cover, 0.55)}"/><path d="M816 180V804" stroke="#fff" stroke-opacity=".25" stroke-width="3"/>`,
    '</g>',
  );
}
