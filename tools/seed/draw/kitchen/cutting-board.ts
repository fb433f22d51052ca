import { createChance } from '../chance.ts';
import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const oak = '#cf9a5e';
const lemon = '#f4c733';

const outline =
  'M470 318Q470 262 526 262H594Q612 262 612 236V180Q612 132 660 132T708 180V236Q708 262 726 262H794Q850 262 850 318V764Q850 814 800 814H520Q470 814 470 764z';

/** An oak board that leans on the wall, two halves of a lemon and a sprig in front of it. */
export function drawCuttingBoard(sketch: Sketch): void {
  const chance = createChance(19);
  paintStudio(sketch, '#c9ddd2', '#d8e4dc');
  castShadow(sketch, { x: 672, y: 812, width: 420, depth: 46 });

  // Shadow on the wall, then the thickness, then the face.
  const wallShade = sketch.between(
    [500, 0],
    [980, 0],
    [0, '#2a3a33', 0.34],
    [0.75, '#2a3a33', 0.2],
    [1, '#2a3a33', 0.04],
  );
  const face = sketch.between(
    [470, 140],
    [880, 820],
    [0, lighter(oak, 0.26)],
    [0.5, oak],
    [1, darker(oak, 0.2)],
  );
  const grain = Array.from({ length: 26 }, (_, index) => {
    const x = 474 + index * 14.8 + chance(-3, 3);
    const bend = chance(-14, 14);
    const opacity = chance(0.1, 0.34).toFixed(2);
    return `<path d="M${x} 120C${x + bend} 340 ${x - bend} 560 ${x + bend * 0.6} 830" stroke-opacity="${opacity}" stroke-width="${chance(1.2, 4.2).toFixed(1)}"/>`;
  });
  const rings = [16, 30, 46, 64].map(
    (r) =>
      `<ellipse cx="752" cy="560" rx="${r * 0.42}" ry="${r * 1.5}" stroke-opacity=".3" stroke-width="3"/>`,
  );
  sketch.add(
    `<path d="${outline}" transform="translate(46 10)" fill="${wallShade}"/>`,
    `<path d="${outline}" transform="translate(13 3)" fill="${darker(oak, 0.45)}"/>`,
    `<clipPath id="board"><path d="${outline}"/></clipPath>`,
    `<path d="${outline}" fill="${face}"/>`,
    `<g clip-path="url(#board)" fill="none" stroke="${darker(oak, 0.45)}">${grain.join('')}${rings.join('')}</g>`,
    `<path d="M512 344Q512 304 552 304H768Q808 304 808 344V732Q808 772 768 772H552Q512 772 512 732z" fill="none" stroke="${darker(oak, 0.42)}" stroke-opacity=".55" stroke-width="10"/>`,
    `<path d="M517 346Q517 309 554 309H766Q803 309 803 346" fill="none" stroke="${lighter(oak, 0.55)}" stroke-opacity=".6" stroke-width="3" transform="translate(2 5)"/>`,
    `<path d="M472 764V318Q472 264 526 264H594Q614 264 614 236V180Q614 134 660 134" fill="none" stroke="${lighter(oak, 0.65)}" stroke-opacity=".8" stroke-width="4"/>`,
    `<circle cx="660" cy="184" r="24" fill="#b4c9bd"/>`,
    `<path d="M636 184a24 24 0 0 1 48 0a26 20 0 0 0-48 0z" fill="${darker(oak, 0.6)}"/>`,
  );

  drawLemonHalf(sketch, 478, 760, 84);
  drawLemonHalf(sketch, 352, 806, 70);
  drawSprig(sketch);
}

function drawLemonHalf(sketch: Sketch, x: number, y: number, radius: number): void {
  sketch.add(`<g transform="translate(${x} ${y}) scale(${radius / 100})">`);
  castShadow(sketch, { x: 0, y: 92, width: 180, depth: 34, strength: 0.8 });
  const skin = sketch.glow([0.4, 0.35], 0.7, [0, lighter(lemon, 0.35)], [1, darker(lemon, 0.25)]);
  const pulp = sketch.glow([0.45, 0.42], 0.62, [0, '#fff3a6'], [0.7, '#fbdc55'], [1, '#f0bf2b']);
  const segments = Array.from({ length: 9 }, (_, index) => {
    const turn = index * 40;
    return `<path d="M0-9C16-30 28-58 18-74Q0-82-18-74C-28-58-16-30 0-9z" transform="rotate(${turn})" fill="${pulp}" stroke="#fff6c9" stroke-width="1.5"/><path d="M4-62Q0-50 3-36" transform="rotate(${turn})" stroke="#fffbe0" stroke-opacity=".8" stroke-width="4" stroke-linecap="round" fill="none"/>`;
  });
  sketch.add(
    `<circle cx="9" cy="4" r="99" fill="${darker(lemon, 0.3)}"/><circle r="99" fill="${skin}"/><circle r="90" fill="#fff8dc"/>${segments.join('')}<circle r="8" fill="#fff8dc"/></g>`,
  );
}

/** A few basil leaves lying on the floor. */
function drawSprig(sketch: Sketch): void {
  const green = '#4f8a4b';
  const fill = sketch.between(
    [0, -28],
    [0, 28],
    [0, lighter(green, 0.35)],
    [1, darker(green, 0.3)],
  );
  const leaf = (x: number, y: number, turn: number, size: number) =>
    `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"><path d="M0 6C26-26 76-26 100 6C76 36 26 36 0 6z" fill="#1d2b20" opacity=".28" transform="translate(3 9)"/><path d="M0 0C26-32 76-32 100 0C76 30 26 30 0 0z" fill="${fill}"/><path d="M2 0H94M24 0L38-15M44 0L58-17M64 0L76-13M24 0L38 15M44 0L58 17M64 0L76 13" stroke="${lighter(green, 0.55)}" stroke-opacity=".6" stroke-width="2" fill="none"/></g>`;
  sketch.add(
    `<path d="M606 846Q700 822 800 836" fill="none" stroke="${darker(green, 0.25)}" stroke-width="6" stroke-linecap="round"/>`,
    leaf(690, 826, -48, 0.8),
    leaf(640, 836, -150, 0.75),
    leaf(700, 838, 34, 0.78),
    leaf(770, 832, -30, 0.95),
    leaf(790, 838, 16, 0.85),
  );
}
