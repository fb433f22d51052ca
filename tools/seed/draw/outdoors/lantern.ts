import { createChance } from '../chance.ts';
import { darker, lighter } from '../colour.ts';
import { type Sketch, sheet } from '../sketch.ts';
import { castShadow } from '../studio.ts';

const enamel = '#a8352c';
const { width, height } = sheet;

/** A storm lantern alight on a wooden table, the last light behind the hills. */
export function drawLantern(sketch: Sketch): void {
  drawDusk(sketch);
  drawTable(sketch);
  castShadow(sketch, { x: 650, y: 846, width: 330, depth: 50 });
  const halo = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#ffd98a', 0.75],
    [0.35, '#ffb95a', 0.3],
    [1, '#ff9d3c', 0],
  );
  sketch.add(`<circle cx="650" cy="520" r="470" fill="${halo}"/>`);
  drawBody(sketch);
}

function drawDusk(sketch: Sketch): void {
  const chance = createChance(31);
  const sky = sketch.down(
    [0, '#1c2748'],
    [0.4, '#4b4a7c'],
    [0.62, '#b56d7e'],
    [0.74, '#f0a878'],
    [1, '#f5c79a'],
  );
  const stars = Array.from({ length: 70 }, () => {
    const y = chance(10, 330);
    return `<circle cx="${chance(0, width).toFixed(0)}" cy="${y.toFixed(0)}" r="${chance(0.7, 2.3).toFixed(1)}" fill-opacity="${(chance(0.3, 0.9) * (1 - y / 420)).toFixed(2)}"/>`;
  });
  const pines = Array.from({ length: 40 }, (_, index) => {
    const x = index * 34 + chance(-12, 12);
    const tall = chance(46, 120);
    const foot = 742 + Math.sin(x / 190) * 16;
    return `M${x - tall * 0.2} ${foot}L${x} ${foot - tall}L${x + tall * 0.2} ${foot}z`;
  });
  sketch.add(
    `<rect width="${width}" height="${height}" fill="${sky}"/>`,
    `<g fill="#fff">${stars.join('')}</g>`,
    '<path d="M0 640L150 560L300 622L470 500L640 606L800 530L980 628L1130 548L1300 620V800H0z" fill="#7a5676" opacity=".75"/>',
    '<path d="M0 690Q180 600 380 676T760 660T1300 680V800H0z" fill="#4d3d5e"/>',
    `<path d="${pines.join('')}M0 735H${width}V800H0z" fill="#2a2740"/>`,
  );
}

function drawTable(sketch: Sketch): void {
  const chance = createChance(37);
  const boards = sketch.down([0, '#7d4d33'], [0.25, '#5d3826'], [1, '#2a1911']);
  const grain = Array.from({ length: 26 }, () => {
    const y = chance(790, 970);
    return `<path d="M0 ${y}Q${chance(200, 600)} ${y + chance(-9, 9)} 700 ${y}T${width} ${y + chance(-6, 6)}" stroke-opacity="${chance(0.12, 0.4).toFixed(2)}" stroke-width="${chance(1, 3.5).toFixed(1)}"/>`;
  });
  const warm = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#ffcf80', 0.8],
    [0.5, '#ffab4c', 0.28],
    [1, '#ff9d3c', 0],
  );
  sketch.add(
    `<rect y="776" width="${width}" height="${height - 776}" fill="${boards}"/>`,
    `<g fill="none" stroke="#1b0e08">${grain.join('')}</g>`,
    `<path d="M0 777H${width}" stroke="#d08d5c" stroke-opacity=".7" stroke-width="3"/>`,
    `<path d="M0 868H${width}" stroke="#160b06" stroke-opacity=".8" stroke-width="5"/>`,
    `<ellipse cx="650" cy="846" rx="500" ry="108" fill="${warm}"/>`,
  );
}

function drawBody(sketch: Sketch): void {
  const metal = sketch.cylinder(enamel, 0.38);
  const dark = sketch.cylinder(darker(enamel, 0.2), 0.3);
  const wire = `fill="none" stroke-linecap="round" stroke="${darker(enamel, 0.15)}"`;

  // Handle and side tubes stand behind the glass.
  sketch.add(
    `<path d="M486 330C470 90 830 90 814 330" fill="none" stroke="#2b2625" stroke-width="11"/><path d="M490 318C480 108 806 98 808 300" fill="none" stroke="#c9b9a8" stroke-opacity=".6" stroke-width="3"/>`,
    `<path d="M520 752C426 690 420 360 594 322" ${wire} stroke-width="28"/><path d="M514 744C436 680 436 420 520 350" fill="none" stroke="${lighter(enamel, 0.5)}" stroke-opacity=".65" stroke-width="6" stroke-linecap="round"/>`,
    `<path d="M780 752C874 690 880 360 706 322" ${wire} stroke-width="28"/><path d="M790 738C856 676 858 440 806 366" fill="none" stroke="#ffb469" stroke-opacity=".5" stroke-width="5" stroke-linecap="round"/>`,
  );

  // Glass, flame, and the wires that guard it.
  const glass = sketch.glow(
    [0.5, 0.62],
    0.6,
    [0, '#fff6d6', 0.95],
    [0.35, '#ffd98c', 0.75],
    [0.8, '#ffb257', 0.36],
    [1, '#f3d2a4', 0.5],
  );
  const flame = sketch.glow(
    [0.5, 0.72],
    0.62,
    [0, '#ffffff'],
    [0.4, '#fff0b5'],
    [0.75, '#ffc04d'],
    [1, '#ff8a2b'],
  );
  sketch.add(
    `<path d="M566 676C500 600 520 480 570 400H730C780 480 800 600 734 676z" fill="${glass}"/>`,
    `<path d="M650 470C690 532 704 566 690 604Q678 640 650 640T610 604C596 566 622 536 650 470z" fill="${flame}"/>`,
    '<rect x="622" y="636" width="56" height="42" fill="#6b5040"/>',
    `<path d="M560 420C520 500 512 590 570 664" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="9" stroke-linecap="round"/>`,
    `<path d="M536 470Q650 506 764 470M524 590Q650 630 776 590" fill="none" stroke="#40302b" stroke-width="6"/>`,
  );

  // Cap with its vents above, tank below.
  sketch.add(
    `<path d="M560 408Q556 376 590 366H710Q744 376 740 408Q650 424 560 408z" fill="${dark}"/>`,
    `<path d="M588 366V300Q588 288 650 286T712 300V366Q650 380 588 366z" fill="${metal}"/>`,
    ...[608, 632, 656, 680].map(
      (x) => `<rect x="${x}" y="316" width="13" height="34" rx="6" fill="#3a1512"/>`,
    ),
    `<path d="M560 296Q566 252 650 246T740 296Q650 316 560 296z" fill="${metal}"/><path d="M586 280Q600 262 640 258" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="6" stroke-linecap="round"/>`,
    `<path d="M540 684Q650 662 760 684L790 742V812Q790 846 650 846T510 812V742z" fill="${metal}"/>`,
    `<path d="M510 744Q650 776 790 744" fill="none" stroke="${lighter(enamel, 0.45)}" stroke-opacity=".6" stroke-width="5"/>`,
    `<path d="M548 690L522 744V806" fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="10" stroke-linecap="round"/>`,
    `<path d="M540 684Q650 712 760 684Q650 664 540 684z" fill="#ffc36e" opacity=".75"/>`,
    `<circle cx="716" cy="724" r="22" fill="${sketch.between([694, 700], [740, 748], [0, '#f5dca0'], [1, '#7c5723'])}"/>`,
  );
}
