import { type Colour, darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const velvet = '#1f7a7a';
const wood = '#9a6237';

/** A low velvet armchair on tapered legs, seen from the front, with one cushion. */
export function drawArmchair(sketch: Sketch): void {
  paintStudio(sketch, '#ead8c3', '#e6d3bd');
  castShadow(sketch, { x: 650, y: 842, width: 640, depth: 72 });

  const leg = sketch.cylinder(wood, 0.3);
  const backLeg = sketch.cylinder(darker(wood, 0.4), 0.1);
  sketch.add(
    `<path d="M452 740h30l-4 78h-15z" fill="${backLeg}"/>`,
    `<path d="M818 740h30l-11 78h-15z" fill="${backLeg}"/>`,
    `<path d="M392 730h46l-18 124h-17z" fill="${leg}"/>`,
    `<path d="M862 730h46l-11 124h-17z" fill="${leg}"/>`,
  );

  const plush = (from: readonly [number, number], to: readonly [number, number], base: Colour) =>
    sketch.between(from, to, [0, lighter(base, 0.3)], [0.35, base], [1, darker(base, 0.48)]);

  // Back rest with its piping and the seams between three channels.
  const back = plush([400, 150], [900, 640], velvet);
  const seam = darker(velvet, 0.5);
  const sheen = lighter(velvet, 0.35);
  sketch.add(
    `<path d="M404 640C384 430 386 300 424 222C452 168 520 150 650 150S848 168 876 222C914 300 916 430 896 640z" fill="${back}"/>`,
    ...[478, 564, 650, 736, 822].map((x) => {
      const lean = (x - 650) * 0.12;
      const top = 160 + Math.abs(x - 650) ** 2 * 0.0022;
      const curve = `M${x + lean} ${top}C${x + lean * 1.6} 300 ${x + lean * 1.2} 440 ${x} 600`;
      return `<path d="${curve}" fill="none" stroke="${seam}" stroke-opacity=".55" stroke-width="5"/><path d="${curve}" fill="none" stroke="${sheen}" stroke-opacity=".38" stroke-width="4" transform="translate(7 0)"/>`;
    }),
    `<path d="M424 222C452 168 520 150 650 150S848 168 876 222" fill="none" stroke="${lighter(velvet, 0.55)}" stroke-opacity=".7" stroke-width="4"/>`,
  );

  // Seat: the shaded well, the cushion, the front panel.
  const well = sketch.between(
    [0, 520],
    [0, 640],
    [0, darker(velvet, 0.6), 0],
    [1, darker(velvet, 0.75), 0.8],
  );
  const seatTop = plush([420, 560], [880, 690], lighter(velvet, 0.12));
  const seatFront = sketch.between([0, 625], [0, 690], [0, velvet], [1, darker(velvet, 0.45)]);
  const panel = sketch.between(
    [380, 680],
    [920, 760],
    [0, darker(velvet, 0.1)],
    [1, darker(velvet, 0.52)],
  );
  sketch.add(
    `<rect x="420" y="500" width="460" height="130" fill="${well}"/>`,
    `<path d="M372 672h556v58q0 22-22 22H394q-22 0-22-22z" fill="${panel}"/>`,
    `<path d="M430 600Q650 566 870 600Q892 606 890 640Q650 668 410 640Q408 606 430 600z" fill="${seatTop}"/>`,
    `<path d="M408 636Q650 662 892 636q6 50-14 58Q650 706 422 694q-20-8-14-58z" fill="${seatFront}"/>`,
    `<path d="M410 637Q650 664 890 637" fill="none" stroke="${lighter(velvet, 0.4)}" stroke-opacity=".55" stroke-width="4"/>`,
  );

  // Arm rests come forward of everything.
  for (const side of [-1, 1]) {
    const place = `translate(650 0) scale(${side} 1)`;
    const front = side < 0 ? lighter(velvet, 0.1) : darker(velvet, 0.14);
    const arm = sketch.across(
      [0, darker(front, 0.5)],
      [0.35, darker(front, 0.08)],
      [0.7, side < 0 ? lighter(front, 0.34) : front],
      [1, darker(front, 0.2)],
    );
    const top = sketch.down([0, lighter(front, 0.42)], [1, front, 0]);
    sketch.add(
      `<g transform="${place}"><path d="M222 742V500q0-62 56-62t56 62v200q0 42-30 42z" fill="${arm}"/><path d="M224 520v-20q0-60 54-60t54 60v20q-54-34-108 0z" fill="${top}" opacity=".7"/></g>`,
    );
  }

  // A mustard cushion, tilted.
  const mustard = '#dba13a';
  const pillow = sketch.glow(
    [0.35, 0.28],
    0.85,
    [0, lighter(mustard, 0.4)],
    [0.5, mustard],
    [1, darker(mustard, 0.42)],
  );
  sketch.add(
    `<g transform="rotate(-9 600 520)"><ellipse cx="612" cy="622" rx="130" ry="18" fill="#0b2a2a" opacity=".4"/><path d="M486 412Q600 438 718 410Q700 520 722 620Q600 596 482 622Q502 516 486 412z" fill="${pillow}"/><path d="M520 446Q600 462 684 444" fill="none" stroke="${lighter(mustard, 0.6)}" stroke-opacity=".5" stroke-width="4" stroke-linecap="round"/><path d="M508 594Q600 578 698 594" fill="none" stroke="${darker(mustard, 0.4)}" stroke-opacity=".35" stroke-width="4" stroke-linecap="round"/></g>`,
  );
}
