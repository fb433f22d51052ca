import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const canvas = '#c9772e';
const leather = '#5d3a26';
const brass = '#d8ad5c';

/** A waxed-canvas backpack with a flap, two leather straps and a front pocket. */
export function drawBackpack(sketch: Sketch): void {
  paintStudio(sketch, '#c5dbe4', '#d0dfe4');
  castShadow(sketch, { x: 650, y: 834, width: 520, depth: 64 });

  const strap = sketch.between(
    [400, 300],
    [900, 800],
    [0, lighter(leather, 0.2)],
    [1, darker(leather, 0.35)],
  );
  const body = sketch.between(
    [420, 240],
    [900, 840],
    [0, lighter(canvas, 0.3)],
    [0.4, canvas],
    [1, darker(canvas, 0.45)],
  );
  const side = sketch.between(
    [380, 520],
    [920, 820],
    [0, darker(canvas, 0.08)],
    [1, darker(canvas, 0.52)],
  );
  const stitch = `fill="none" stroke="${lighter(canvas, 0.62)}" stroke-opacity=".75" stroke-width="2.5" stroke-dasharray="9 7"`;

  // Behind the body: shoulder straps, the loop to hang it by, the side pockets.
  sketch.add(
    `<path d="M474 330C392 420 380 600 408 760" fill="none" stroke="${strap}" stroke-width="40" stroke-linecap="round"/>`,
    `<path d="M826 330C908 420 920 600 892 760" fill="none" stroke="${strap}" stroke-width="40" stroke-linecap="round"/>`,
    `<path d="M590 206C590 128 710 128 710 206" fill="none" stroke="${darker(leather, 0.25)}" stroke-width="24" stroke-linecap="round"/>`,
    `<path d="M593 204C593 134 707 134 707 204" fill="none" stroke="${lighter(leather, 0.35)}" stroke-opacity=".6" stroke-width="5"/>`,
    `<path d="M440 560Q390 570 388 640V768Q388 812 440 818z" fill="${side}"/>`,
    `<path d="M860 560Q910 570 912 640V768Q912 812 860 818z" fill="${side}"/>`,
    `<path d="M436 320Q436 190 650 190T864 320V752Q864 836 780 836H520Q436 836 436 752z" fill="${body}"/>`,
    `<path d="M436 700V752Q436 836 520 836H780Q864 836 864 752V700Q650 742 436 700z" fill="${sketch.across([0, leather], [0.3, lighter(leather, 0.16)], [1, darker(leather, 0.35)])}"/>`,
    `<path d="M438 712Q650 754 862 712" ${stitch}/>`,
  );

  // Front pocket with its zip.
  const pocket = sketch.between(
    [500, 540],
    [800, 790],
    [0, lighter(canvas, 0.22)],
    [0.5, canvas],
    [1, darker(canvas, 0.3)],
  );
  sketch.add(
    `<path d="M508 556Q508 540 526 540H774Q792 540 792 556V752Q792 792 752 792H548Q508 792 508 752z" transform="translate(5 9)" fill="#3a1f0a" opacity=".4"/>`,
    `<path d="M508 556Q508 540 526 540H774Q792 540 792 556V752Q792 792 752 792H548Q508 792 508 752z" fill="${pocket}"/>`,
    `<path d="M520 566V750Q520 780 550 780H750Q780 780 780 750V566" ${stitch}/>`,
    `<path d="M528 610H772" stroke="${darker(leather, 0.3)}" stroke-width="15" stroke-linecap="round"/><path d="M532 610H768" stroke="${brass}" stroke-width="4" stroke-dasharray="5 4"/>`,
    `<rect x="748" y="602" width="16" height="40" rx="6" fill="${brass}"/><rect x="750" y="630" width="12" height="44" rx="5" fill="${leather}"/>`,
  );

  // Flap over the top half, its shadow below it.
  const flap =
    'M424 330Q424 176 650 176T876 330V486Q876 530 832 532Q650 548 468 532Q424 530 424 486z';
  const flapShade = sketch.between(
    [440, 180],
    [880, 560],
    [0, lighter(canvas, 0.42)],
    [0.35, lighter(canvas, 0.06)],
    [1, darker(canvas, 0.32)],
  );
  sketch.add(
    `<path d="${flap}" transform="translate(4 13)" fill="#3a1f0a" opacity=".42"/>`,
    `<path d="${flap}" fill="${flapShade}"/>`,
    `<path d="M438 330V482Q438 516 472 518Q650 534 828 518Q862 516 862 482V330" ${stitch}/>`,
    `<path d="M446 300Q470 200 640 192" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="12" stroke-linecap="round"/>`,
  );

  // Straps with buckles close the flap, a patch carries a mountain.
  for (const x of [532, 740]) {
    const belt = sketch.cylinder(leather, 0.3);
    sketch.add(
      `<rect x="${x + 3}" y="362" width="32" height="262" rx="8" fill="#2b1507" opacity=".35"/>`,
      `<rect x="${x}" y="356" width="32" height="262" rx="8" fill="${belt}"/>`,
      `<path d="M${x + 6} 366V608M${x + 26} 366V608" stroke="#e2b98f" stroke-opacity=".5" stroke-width="2" stroke-dasharray="6 5"/>`,
      `<rect x="${x - 9}" y="470" width="50" height="42" rx="7" fill="none" stroke="${darker(brass, 0.35)}" stroke-width="9"/><rect x="${x - 10}" y="468" width="50" height="42" rx="7" fill="none" stroke="${lighter(brass, 0.2)}" stroke-width="6"/><path d="M${x + 15} 470V506" stroke="${lighter(brass, 0.4)}" stroke-width="5"/>`,
      ...[540, 562, 584].map((y) => `<circle cx="${x + 16}" cy="${y}" r="3.4" fill="#1b0d05"/>`),
    );
  }
  sketch.add(
    `<rect x="598" y="372" width="104" height="84" rx="10" fill="${darker(leather, 0.1)}"/><rect x="604" y="378" width="92" height="72" rx="7" fill="none" stroke="#e2b98f" stroke-opacity=".7" stroke-width="2" stroke-dasharray="6 5"/>`,
    `<path d="M614 436L640 396L656 420L666 406L686 436z" fill="#e9c79f"/>`,
  );
}
