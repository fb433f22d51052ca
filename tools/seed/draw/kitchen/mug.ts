import { createChance } from '../chance.ts';
import { type Colour, darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const glaze = '#f1e6d4';
const indigo = '#2e4a7d';

/** A stoneware mug dipped in indigo glaze, full of coffee, a second one behind it. */
export function drawMug(sketch: Sketch): void {
  paintStudio(sketch, '#c7d3dc', '#d6dee3');
  drawOne(sketch, 'translate(600 206) scale(.72)', '#c4694a', '#f3e3d1', 3);
  drawOne(sketch, 'translate(0 40)', indigo, glaze, 5);

  const steam = sketch.between(
    [0, 60],
    [0, 380],
    [0, '#ffffff', 0],
    [0.5, '#ffffff', 0.55],
    [1, '#ffffff', 0],
  );
  sketch.add(
    `<g fill="none" stroke="${steam}" stroke-linecap="round"><path d="M470 372c-40-60 46-96 8-160s24-90 10-140" stroke-width="22" opacity=".5"/><path d="M548 372c-36-54 44-86 10-148s30-80 8-130" stroke-width="16" opacity=".6"/><path d="M612 374c-28-44 34-76 8-126s18-62 6-104" stroke-width="12" opacity=".5"/></g>`,
  );
}

function drawOne(sketch: Sketch, place: string, dip: Colour, clay: Colour, seed: number): void {
  const chance = createChance(seed);
  const group = (markup: string) => sketch.add(`<g transform="${place}">${markup}</g>`);
  sketch.add(`<g transform="${place}">`);
  castShadow(sketch, { x: 545, y: 792, width: 400, depth: 60 });
  sketch.add('</g>');

  const handle = 'M738 470C880 440 900 680 722 668';
  group(
    `<path d="${handle}" fill="none" stroke="${darker(dip, 0.45)}" stroke-width="50" stroke-linecap="round"/><path d="${handle}" fill="none" stroke="${dip}" stroke-width="38" stroke-linecap="round"/><path d="${handle}" fill="none" stroke="${lighter(dip, 0.55)}" stroke-opacity=".65" stroke-width="8" stroke-linecap="round" transform="translate(-6 -9)"/>`,
  );

  const body = 'M340 400C340 560 346 690 366 752Q378 796 545 796T724 752C744 690 750 560 750 400z';
  const lower =
    'M342 520Q400 560 470 540T610 556T748 524C746 620 740 700 724 752Q712 796 545 796T366 752C350 700 343 620 342 520z';
  const speckles = Array.from({ length: 90 }, () => {
    const x = chance(352, 738);
    return `<circle cx="${x.toFixed(1)}" cy="${chance(430, 770).toFixed(1)}" r="${chance(0.8, 2.6).toFixed(1)}"/>`;
  });
  group(
    `<path d="${body}" fill="${sketch.cylinder(clay, 0.7)}"/><path d="${lower}" fill="${sketch.cylinder(dip, 0.4)}"/><path d="M342 520Q400 560 470 540T610 556T748 524" fill="none" stroke="${lighter(dip, 0.5)}" stroke-opacity=".5" stroke-width="5"/><g fill="#3a2a1e" fill-opacity=".28">${speckles.join('')}</g>`,
  );

  const coffee = sketch.glow([0.38, 0.35], 0.75, [0, '#8a5a34'], [0.5, '#5a351c'], [1, '#2c170b']);
  const wall = sketch.across(
    [0, darker(clay, 0.42)],
    [0.6, darker(clay, 0.12)],
    [1, lighter(clay, 0.4)],
  );
  group(
    `<ellipse cx="545" cy="400" rx="205" ry="48" fill="${sketch.across([0, lighter(clay, 0.5)], [1, darker(clay, 0.12)])}"/><ellipse cx="545" cy="402" rx="193" ry="42" fill="${wall}"/><path d="M354 410a193 42 0 0 0 382 0a191 34 0 0 0-382 0z" fill="${coffee}"/><path d="M412 396q60-18 130-12" fill="none" stroke="#d9a877" stroke-opacity=".6" stroke-width="7" stroke-linecap="round"/><path d="M398 470C396 580 404 660 416 720" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="14" stroke-linecap="round"/>`,
  );
}
