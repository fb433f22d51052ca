import { darker, lighter } from '../colour.ts';
import { drawRod } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const celadon = '#8fb8a2';

/** A round celadon teapot with a cane handle, and a cup. */
export function drawTeapot(sketch: Sketch): void {
  paintStudio(sketch, '#e9dbe0', '#ecdfe0');
  castShadow(sketch, { x: 600, y: 806, width: 480, depth: 64 });
  drawRod(sketch, 'M420 470C410 180 790 180 780 470', '#b98648', 28);
  const glaze = sketch.glow(
    [0.34, 0.28],
    0.85,
    [0, lighter(celadon, 0.65)],
    [0.4, celadon],
    [1, darker(celadon, 0.5)],
  );
  const spout = sketch.between(
    [780, 520],
    [980, 660],
    [0, lighter(celadon, 0.3)],
    [1, darker(celadon, 0.4)],
  );
  sketch.add(
    `<path d="M800 690C890 670 900 560 960 470L1006 492C960 590 950 740 800 760z" fill="${spout}"/>`,
    `<ellipse cx="983" cy="481" rx="27" ry="12" transform="rotate(26 983 481)" fill="${darker(celadon, 0.55)}"/>`,
    `<path d="M600 440C800 440 860 540 860 630C860 740 780 806 600 806S340 740 340 630C340 540 400 440 600 440z" fill="${glaze}"/>`,
    `<path d="M486 462Q600 496 714 462Q690 396 600 396T486 462z" fill="${glaze}"/><path d="M486 462Q600 496 714 462" fill="none" stroke="${darker(celadon, 0.45)}" stroke-width="5"/>`,
    `<ellipse cx="600" cy="386" rx="30" ry="24" fill="${glaze}"/>`,
    `<path d="M400 600C404 540 440 502 490 490" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="20" stroke-linecap="round"/>`,
    `<g fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="6" stroke-linecap="round"><path d="M560 740C540 660 600 620 640 560M592 670q40-6 60 10M576 700q-40-30-70-20M622 596q-30-30-24-60"/></g>`,
  );
  castShadow(sketch, { x: 1010, y: 852, width: 170, depth: 34 });
  sketch.add(
    `<path d="M916 740a94 17 0 0 0 188 0q0 112-60 114h-68q-60-2-60-114z" fill="${sketch.cylinder(celadon, 0.5)}"/>`,
    `<ellipse cx="1010" cy="740" rx="94" ry="17" fill="${lighter(celadon, 0.55)}"/><ellipse cx="1010" cy="744" rx="84" ry="12" fill="#b98b3c"/>`,
  );
}
