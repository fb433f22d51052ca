import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const brass = '#c8924a';
const enamel = '#2f5d50';

/** A brass arm bent over a round foot, an enamelled dome, and the pool of light below it. */
export function drawDeskLamp(sketch: Sketch): void {
  paintStudio(sketch, '#cdd6c7', '#d9ddcf');

  const pool = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#fff3c9', 0.85],
    [0.5, '#ffeab0', 0.4],
    [1, '#ffe9a8', 0],
  );
  sketch.add(`<ellipse cx="830" cy="815" rx="330" ry="76" fill="${pool}"/>`);
  castShadow(sketch, { x: 470, y: 812, width: 290, depth: 52 });

  // Foot: a disc with its rim, then the socket.
  const rim = sketch.cylinder(enamel, 0.25);
  const disc = sketch.glow([0.35, 0.3], 0.8, [0, lighter(enamel, 0.42)], [1, darker(enamel, 0.22)]);
  const metal = sketch.cylinder(brass, 0.55);
  sketch.add(
    `<path d="M330 786a140 36 0 0 0 280 0v20a140 36 0 0 1-280 0z" fill="${rim}"/>`,
    `<ellipse cx="470" cy="786" rx="140" ry="36" fill="${disc}"/>`,
    `<path d="M448 700h44v84a22 7 0 0 1-44 0z" fill="${metal}"/>`,
  );

  // Arm: the same curve three times, as shadow side, body and highlight.
  const arm = 'M470 710V420C470 250 560 170 690 170C790 170 830 220 830 300';
  sketch.add(
    `<path d="${arm}" fill="none" stroke="${darker(brass, 0.5)}" stroke-width="20" stroke-linecap="round"/>`,
    `<path d="${arm}" fill="none" stroke="${brass}" stroke-width="15" stroke-linecap="round"/>`,
    `<path d="${arm}" fill="none" stroke="${lighter(brass, 0.6)}" stroke-width="4" stroke-linecap="round" transform="translate(-3.5 -2)"/>`,
  );

  // Light first, then the dome that hides where it begins.
  const cone = sketch.down([0, '#fff2c4', 0.66], [0.55, '#ffedb3', 0.2], [1, '#ffedb3', 0]);
  const bulb = sketch.glow(
    [0.5, 0.5],
    0.5,
    [0, '#fffdf2'],
    [0.35, '#fff0b8', 0.9],
    [1, '#ffe9a0', 0],
  );
  sketch.add(
    `<path d="M668 468C650 620 620 730 590 815a240 58 0 0 0 480 0C1040 730 1010 620 992 468z" fill="${cone}"/>`,
  );
  const dome = sketch.between(
    [650, 0],
    [1010, 0],
    [0, darker(enamel, 0.32)],
    [0.2, enamel],
    [0.33, lighter(enamel, 0.5)],
    [0.45, lighter(enamel, 0.08)],
    [1, darker(enamel, 0.45)],
  );
  const inside = sketch.between([0, 446], [0, 492], [0, '#f4d78d'], [1, '#fff8dd']);
  sketch.add(
    `<path d="M804 292h52l10 34h-72z" fill="${metal}"/>`,
    `<path d="M790 318C700 330 652 400 648 468a182 26 0 0 0 364 0C1008 400 960 330 870 318z" fill="${dome}"/>`,
    `<ellipse cx="830" cy="468" rx="182" ry="26" fill="${inside}"/>`,
    `<ellipse cx="830" cy="468" rx="182" ry="26" fill="none" stroke="${lighter(brass, 0.25)}" stroke-width="4"/>`,
    `<circle cx="830" cy="476" r="90" fill="${bulb}"/>`,
    `<path d="M794 470a36 36 0 0 0 72 0z" fill="#fffdf4"/>`,
    `<ellipse cx="470" cy="786" rx="140" ry="36" fill="none" stroke="${lighter(enamel, 0.5)}" stroke-opacity=".55" stroke-width="2"/>`,
  );
}
