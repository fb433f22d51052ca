import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const steel = '#39424a';
const walnut = '#8a5632';

/** A gooseneck kettle in matte charcoal with walnut grip and knob. */
export function drawKettle(sketch: Sketch): void {
  paintStudio(sketch, '#e3d9cb', '#e0d6c8');
  castShadow(sketch, { x: 640, y: 812, width: 430, depth: 66 });

  const metal = sketch.cylinder(steel, 0.34);
  const wood = sketch.between(
    [900, 300],
    [980, 620],
    [0, lighter(walnut, 0.28)],
    [0.5, walnut],
    [1, darker(walnut, 0.42)],
  );

  // Spout: wide where it leaves the body, thin at the tip. Drawn as an outline, so that it tapers.
  const neck =
    'M486 716C380 716 372 640 372 560C372 450 352 400 290 372L262 360L250 384L276 402C322 428 326 480 326 566C326 690 366 772 500 772z';
  const neckShade = sketch.between(
    [262, 380],
    [420, 760],
    [0, lighter(steel, 0.42)],
    [0.4, steel],
    [1, darker(steel, 0.5)],
  );
  sketch.add(
    `<path d="${neck}" fill="${neckShade}"/>`,
    `<path d="M266 376C334 400 344 470 344 566C344 660 366 728 430 748" fill="none" stroke="${lighter(steel, 0.62)}" stroke-opacity=".5" stroke-width="6" stroke-linecap="round"/>`,
    `<path d="M262 360L250 384" stroke="${darker(steel, 0.6)}" stroke-width="5" stroke-linecap="round"/>`,
  );

  // Handle: two steel brackets hold the wooden grip.
  sketch.add(
    `<path d="M782 430C850 372 930 372 948 430" fill="none" stroke="${darker(steel, 0.25)}" stroke-width="20" stroke-linecap="round"/>`,
    `<path d="M944 410C980 520 960 600 924 672" fill="none" stroke="${darker(walnut, 0.5)}" stroke-width="46" stroke-linecap="round"/>`,
    `<path d="M944 410C980 520 960 600 924 672" fill="none" stroke="${wood}" stroke-width="38" stroke-linecap="round"/>`,
    `<path d="M938 420C966 512 952 590 920 656" fill="none" stroke="${lighter(walnut, 0.6)}" stroke-opacity=".45" stroke-width="6" stroke-linecap="round"/>`,
  );

  // Body: a cone cut off twice, with a rolled base.
  sketch.add(
    `<path d="M494 404L436 770Q434 812 640 812T844 770L786 404z" fill="${metal}"/>`,
    `<path d="M438 756Q640 800 842 756l3 18Q838 812 640 812T435 774z" fill="${darker(steel, 0.35)}" opacity=".75"/>`,
    `<path d="M538 440L496 748" stroke="#fff" stroke-opacity=".22" stroke-width="20" stroke-linecap="round"/>`,
    `<ellipse cx="640" cy="404" rx="146" ry="26" fill="${lighter(steel, 0.18)}"/>`,
    `<ellipse cx="640" cy="402" rx="138" ry="22" fill="${darker(steel, 0.5)}"/>`,
  );

  // Lid and knob.
  const lid = sketch.cylinder(lighter(steel, 0.06), 0.4);
  const knob = sketch.glow(
    [0.35, 0.28],
    0.8,
    [0, lighter(walnut, 0.5)],
    [0.5, walnut],
    [1, darker(walnut, 0.5)],
  );
  sketch.add(
    `<path d="M512 398Q520 350 640 344T768 398Q640 424 512 398z" fill="${lid}"/>`,
    `<path d="M540 376Q560 358 630 354" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="6" stroke-linecap="round"/>`,
    `<rect x="628" y="316" width="24" height="32" fill="${darker(steel, 0.3)}"/>`,
    `<ellipse cx="640" cy="300" rx="40" ry="28" fill="${knob}"/>`,
  );

  // A round thermometer on the body.
  sketch.add(
    `<circle cx="662" cy="600" r="52" fill="${sketch.between([620, 550], [710, 650], [0, '#f2f2ef'], [1, '#7d8488'])}"/>`,
    `<circle cx="662" cy="600" r="42" fill="#fbfaf5"/>`,
    ...Array.from({ length: 9 }, (_, index) => {
      const turn = ((-120 + index * 30) * Math.PI) / 180;
      const at = (radius: number) =>
        `${(662 + Math.sin(turn) * radius).toFixed(1)} ${(600 - Math.cos(turn) * radius).toFixed(1)}`;
      return `<path d="M${at(31)}L${at(38)}" stroke="#39424a" stroke-width="3"/>`;
    }),
    `<path d="M662 600L686 576" stroke="#c9432f" stroke-width="5" stroke-linecap="round"/><circle cx="662" cy="600" r="6" fill="#39424a"/>`,
  );
}
