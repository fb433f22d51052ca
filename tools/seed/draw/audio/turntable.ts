import { createChance } from '../chance.ts';
import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const wood = '#b5793f';
const record = { x: 560, y: 566, rx: 292, ry: 118 } as const;

/** A belt-drive turntable seen from slightly above, a record on it. */
export function drawTurntable(sketch: Sketch): void {
  paintStudio(sketch, '#efc7a4', '#edceb2');
  castShadow(sketch, { x: 650, y: 806, width: 1010, depth: 62 });
  drawPlinth(sketch);
  drawRecord(sketch);
  drawArm(sketch);
}

function drawPlinth(sketch: Sketch): void {
  const chance = createChance(23);
  const top = sketch.between(
    [300, 420],
    [1050, 720],
    [0, '#fbf6ee'],
    [0.5, '#eee5d8'],
    [1, '#cfc3b2'],
  );
  const front = sketch.down([0, lighter(wood, 0.22)], [0.3, wood], [1, darker(wood, 0.38)]);
  const grain = Array.from({ length: 11 }, (_, index) => {
    const y = 708 + index * 7;
    return `<path d="M170 ${y}Q${chance(300, 560)} ${y + chance(-7, 7)} 650 ${y}T1130 ${y + chance(-5, 5)}" stroke-opacity="${chance(0.12, 0.36).toFixed(2)}" stroke-width="${chance(1, 3).toFixed(1)}"/>`;
  });
  const foot = sketch.cylinder('#34302c', 0.3);
  sketch.add(
    `<rect x="236" y="778" width="92" height="32" rx="10" fill="${foot}"/><rect x="972" y="778" width="92" height="32" rx="10" fill="${foot}"/>`,
    `<path d="M290 424H1010L1130 702H170z" fill="${top}"/>`,
    `<rect x="170" y="700" width="960" height="88" rx="8" fill="${front}"/>`,
    `<g fill="none" stroke="${darker(wood, 0.5)}">${grain.join('')}</g>`,
    '<path d="M172 702H1128" stroke="#fffaf0" stroke-width="4"/>',
    '<path d="M290 425H1010" stroke="#fff" stroke-opacity=".7" stroke-width="2"/>',
  );

  // Two knobs on the front, and the strobe lamp on the top.
  const knob = sketch.between(
    [880, 720],
    [960, 780],
    [0, '#fdf3dd'],
    [0.5, '#c9a465'],
    [1, '#7b5a2b'],
  );
  sketch.add(
    `<circle cx="958" cy="748" r="25" fill="#2a1a0e" opacity=".4"/><circle cx="955" cy="744" r="24" fill="${knob}"/><path d="M955 726V740" stroke="#5b3f1c" stroke-width="4" stroke-linecap="round"/>`,
    `<circle cx="1043" cy="748" r="25" fill="#2a1a0e" opacity=".4"/><circle cx="1040" cy="744" r="24" fill="${knob}"/><path d="M1040 744l12-12" stroke="#5b3f1c" stroke-width="4" stroke-linecap="round"/>`,
    '<ellipse cx="262" cy="664" rx="16" ry="8" fill="#c94f35"/><ellipse cx="259" cy="662" rx="6" ry="3" fill="#ffc2ae"/>',
  );
}

function drawRecord(sketch: Sketch): void {
  const { x, y, rx, ry } = record;
  const ellipse = (share: number, attributes: string, dy = 0) =>
    `<ellipse cx="${x}" cy="${y + dy}" rx="${rx * share}" ry="${ry * share}" ${attributes}/>`;
  const platter = sketch.across(
    [0, '#f3f3f1'],
    [0.3, '#8f9294'],
    [0.55, '#e4e5e4'],
    [1, '#6c7072'],
  );
  const vinyl = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#2c2a2b'],
    [0.6, '#19181a'],
    [0.97, '#232224'],
    [1, '#3a383a'],
  );
  const grooves = Array.from({ length: 17 }, (_, index) =>
    ellipse(
      0.42 + index * 0.033,
      `fill="none" stroke="#fff" stroke-opacity="${index % 5 === 4 ? 0.2 : 0.07}" stroke-width="1.6"`,
    ),
  );
  const shine = sketch.between(
    [x - rx, y],
    [x + rx, y],
    [0, '#ffffff', 0.34],
    [0.42, '#ffffff', 0.03],
    [0.58, '#ffffff', 0.03],
    [1, '#ffffff', 0.26],
  );
  const label = sketch.glow([0.4, 0.35], 0.7, [0, '#f79a6b'], [1, '#d9562f']);
  sketch.add(
    ellipse(1.07, 'fill="#3d2c1e" opacity=".3"', 22),
    ellipse(1.05, `fill="${platter}"`, 14),
    ellipse(1.05, 'fill="#dfe0de"', 2),
    ellipse(1, `fill="${vinyl}"`),
    ...grooves,
    `<path d="M${x} ${y}L${x - rx} ${y - 34}A${rx} ${ry} 0 0 1 ${x - rx * 0.7} ${y - ry * 0.714}z" fill="${shine}"/>`,
    `<path d="M${x} ${y}L${x + rx} ${y + 34}A${rx} ${ry} 0 0 1 ${x + rx * 0.7} ${y + ry * 0.714}z" fill="${shine}"/>`,
    ellipse(0.34, `fill="${label}"`),
    ellipse(0.26, 'fill="none" stroke="#ffe3cf" stroke-opacity=".8" stroke-width="2.5"'),
    `<path d="M${x - 58} ${y - 14}q58-18 116 0" fill="none" stroke="#ffe3cf" stroke-width="5" stroke-linecap="round"/>`,
    ellipse(0.035, 'fill="#f4f4f2"', -4),
  );
}

function drawArm(sketch: Sketch): void {
  const base = sketch.cylinder('#b9bdc0', 0.6);
  const tube = sketch.between(
    [700, 480],
    [950, 640],
    [0, '#ffffff'],
    [0.5, '#c3c8cb'],
    [1, '#7d8488'],
  );
  sketch.add(
    '<ellipse cx="958" cy="536" rx="78" ry="31" fill="#4d3a29" opacity=".28"/>',
    `<path d="M880 512a70 27 0 0 0 140 0v16a70 27 0 0 1-140 0z" fill="${base}"/><ellipse cx="950" cy="512" rx="70" ry="27" fill="#e9ebeb"/>`,
    `<path d="M924 470h52v40a26 10 0 0 1-52 0z" fill="${base}"/><ellipse cx="950" cy="470" rx="26" ry="10" fill="#f6f7f7"/>`,
    '<path d="M996 446L930 500C880 540 868 580 846 620L772 646" transform="translate(6 26)" fill="none" stroke="#000" stroke-opacity=".24" stroke-width="11" stroke-linecap="round"/>',
    `<path d="M988 438L948 472C884 520 872 560 846 602L786 628" fill="none" stroke="#6e7579" stroke-width="15" stroke-linecap="round" stroke-linejoin="round"/><path d="M988 436L948 470C884 518 872 558 846 600L786 626" fill="none" stroke="${tube}" stroke-width="10" stroke-linecap="round" stroke-linejoin="round"/>`,
    '<g transform="rotate(-24 770 636)"><rect x="728" y="622" width="70" height="28" rx="6" fill="#26282b"/><rect x="732" y="625" width="60" height="6" rx="3" fill="#6b7075"/></g>',
    `<g transform="rotate(-40 1004 424)"><rect x="976" y="400" width="60" height="50" rx="8" fill="${sketch.down([0, '#e3e5e6'], [0.4, '#92989c'], [1, '#3c4144'])}"/></g>`,
  );
}
