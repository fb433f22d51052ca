import { type Colour, darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const bamboo = '#d3a469';

/** Three insulated bottles, powder-coated, the middle one in front. */
export function drawBottle(sketch: Sketch): void {
  paintStudio(sketch, '#f1dfae', '#f0e2bd');
  drawOne(sketch, 'translate(-172 150) scale(.8)', '#e8e2d6');
  drawOne(sketch, 'translate(396 150) scale(.8)', '#d9694f');
  drawOne(sketch, 'translate(-10 22)', '#2d6f73');
}

function drawOne(sketch: Sketch, place: string, coat: Colour): void {
  sketch.add(`<g transform="${place}">`);
  castShadow(sketch, { x: 660, y: 806, width: 270, depth: 50 });

  const steel = sketch.cylinder('#c4c8ca', 0.75);
  const wood = sketch.cylinder(bamboo, 0.45);
  sketch.add(
    // Loop, lid, neck.
    `<path d="M618 176C618 96 702 96 702 176" fill="none" stroke="#2d2a27" stroke-width="17" stroke-linecap="round"/><path d="M622 172C622 104 698 104 698 172" fill="none" stroke="#8b857d" stroke-opacity=".7" stroke-width="4"/>`,
    `<path d="M596 176Q596 166 660 164T724 176V236Q724 246 660 248T596 236z" fill="${wood}"/><ellipse cx="660" cy="174" rx="63" ry="10" fill="${lighter(bamboo, 0.35)}"/>`,
    ...[614, 634, 688, 706].map(
      (x) =>
        `<path d="M${x} 186V240" stroke="${darker(bamboo, 0.4)}" stroke-opacity=".35" stroke-width="2.5"/>`,
    ),
    `<rect x="604" y="244" width="112" height="26" fill="${steel}"/>`,
    // Body with its shoulders, then the steel foot.
    `<path d="M604 268C600 312 546 322 546 392V770Q546 806 660 806T774 770V392C774 322 720 312 716 268z" fill="${sketch.cylinder(coat, 0.38)}"/>`,
    `<path d="M546 748V772Q546 808 660 808T774 772V748Q660 780 546 748z" fill="${steel}"/>`,
    `<path d="M606 272Q660 284 714 272" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="4"/>`,
    `<path d="M588 400V730" stroke="#fff" stroke-opacity=".26" stroke-width="15" stroke-linecap="round"/>`,
    `<path d="M612 330C598 350 590 366 589 384" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="11" stroke-linecap="round"/>`,
  );

  // Engraved: sun, two peaks, a wave.
  const mark = coat === '#e8e2d6' ? '#8c8274' : '#fdf6e6';
  sketch.add(
    `<g fill="none" stroke="${mark}" stroke-opacity=".85" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"><circle cx="688" cy="476" r="17"/><path d="M604 570L650 494L676 536L692 514L728 570"/><path d="M606 596q15-14 30 0t30 0t30 0t30 0"/></g></g>`,
  );
}
