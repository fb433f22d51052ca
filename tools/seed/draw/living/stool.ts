import { darker, lighter } from '../colour.ts';
import { drawRod } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const oak = '#c58d54';

/** A three-legged stool with a pile of books on it. */
export function drawStool(sketch: Sketch): void {
  paintStudio(sketch, '#d7b9ae', '#dcc3b6');
  castShadow(sketch, { x: 650, y: 838, width: 460, depth: 56 });
  drawRod(sketch, 'M660 470L676 770', darker(oak, 0.35), 34);
  drawRod(sketch, 'M500 720H812', darker(oak, 0.2), 22);
  drawRod(sketch, 'M530 470L452 838', oak, 42);
  drawRod(sketch, 'M770 470L852 838', darker(oak, 0.1), 42);
  const top = sketch.between(
    [400, 380],
    [900, 500],
    [0, lighter(oak, 0.45)],
    [0.5, lighter(oak, 0.12)],
    [1, darker(oak, 0.12)],
  );
  const grain = [0.84, 0.66, 0.48, 0.3].map(
    (share) => `<ellipse cx="656" cy="434" rx="${260 * share}" ry="${52 * share}"/>`,
  );
  sketch.add(
    `<path d="M390 436a260 56 0 0 0 520 0v32a260 56 0 0 1-520 0z" fill="${sketch.cylinder(oak, 0.35)}"/>`,
    `<ellipse cx="650" cy="436" rx="260" ry="56" fill="${top}"/>`,
    `<g fill="none" stroke="${darker(oak, 0.4)}" stroke-opacity=".3" stroke-width="3">${grain.join('')}</g>`,
    '<ellipse cx="664" cy="446" rx="190" ry="30" fill="#2c190c" opacity=".35"/>',
  );
  const books = [
    { x: 488, width: 330, tall: 50, cover: '#274f6b' },
    { x: 510, width: 300, tall: 40, cover: '#c9553f' },
    { x: 500, width: 284, tall: 56, cover: '#3f6b52' },
    { x: 534, width: 240, tall: 34, cover: '#e0b349' },
  ] as const;
  let y = 440;
  for (const { x, width, tall, cover } of books) {
    y -= tall;
    const spine = sketch.down([0, lighter(cover, 0.3)], [0.3, cover], [1, darker(cover, 0.35)]);
    sketch.add(
      `<rect x="${x}" y="${y}" width="${width}" height="${tall}" rx="7" fill="${spine}"/>`,
      `<rect x="${x + 26}" y="${y}" width="9" height="${tall}" fill="${lighter(cover, 0.6)}" opacity=".8"/><rect x="${x + width - 40}" y="${y}" width="9" height="${tall}" fill="${lighter(cover, 0.6)}" opacity=".8"/>`,
      `<rect x="${x + 90}" y="${y + tall / 2 - 4}" width="${width - 190}" height="8" rx="4" fill="${lighter(cover, 0.7)}" opacity=".7"/>`,
    );
  }
}
