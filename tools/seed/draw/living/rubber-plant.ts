import { createChance } from '../chance.ts';
import { darker, lighter, mix } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const leafGreen = '#2e6f4a';
const clay = '#d9cfc4';

/** Leaves from back to front: where they grow, which way they point, how long they are. */
const leaves = [
  [640, 470, -152, 250],
  [660, 470, -28, 250],
  [650, 420, -118, 270],
  [655, 420, -62, 280],
  [645, 540, -172, 235],
  [660, 540, -8, 240],
  [650, 380, -96, 285],
  [650, 470, -135, 260],
  [656, 480, -46, 255],
  [648, 585, 166, 195],
  [658, 590, 14, 200],
  [652, 440, -80, 240],
  [648, 560, -160, 190],
  [655, 560, -22, 195],
  [650, 540, -112, 190],
  [656, 545, -68, 185],
] as const;

/** A rubber plant with glossy leaves in a ribbed stoneware pot. */
export function drawRubberPlant(sketch: Sketch): void {
  const chance = createChance(7);
  paintStudio(sketch, '#efd3c6', '#ecd6ca');
  castShadow(sketch, { x: 650, y: 846, width: 330, depth: 58 });

  const soil = sketch.glow([0.5, 0.4], 0.6, [0, '#4b3527'], [1, '#241811']);
  const inner = sketch.across([0, darker(clay, 0.55)], [1, darker(clay, 0.25)]);
  sketch.add(
    `<ellipse cx="650" cy="632" rx="162" ry="32" fill="${inner}"/>`,
    `<ellipse cx="650" cy="638" rx="148" ry="25" fill="${soil}"/>`,
    `<path d="M644 640C640 560 656 500 648 330" fill="none" stroke="#5d4630" stroke-width="13" stroke-linecap="round"/>`,
    `<path d="M641 640C637 560 653 500 645 330" fill="none" stroke="#8d6f4c" stroke-width="4" stroke-linecap="round"/>`,
  );

  leaves.forEach(([x, y, angle, length], index) => {
    const depth = 1 - index / leaves.length;
    const base = mix(mix(leafGreen, '#74a04a', chance(0, 0.38)), '#16382c', depth * 0.5);
    const half = length * chance(0.21, 0.25);
    const upper = sketch.between([0, -half], [0, 0], [0, lighter(base, 0.3)], [1, base]);
    const lower = sketch.between(
      [0, 0],
      [0, half],
      [0, darker(base, 0.14)],
      [1, darker(base, 0.4)],
    );
    const tip = `${length} 0`;
    const edge = (side: number) =>
      `C${length * 0.16} ${side * half * 1.15} ${length * 0.68} ${side * half * 1.25} ${tip}`;
    const veins = [0.26, 0.4, 0.54, 0.68, 0.8].map((at) => {
      const reach = half * 0.78 * Math.sin(Math.PI * Math.min(0.94, at + 0.1));
      const from = length * at;
      return `M${from} 0L${from + length * 0.12} ${-reach}M${from} 0L${from + length * 0.12} ${reach}`;
    });
    sketch.add(
      `<g transform="translate(${x} ${y}) rotate(${angle})"><path d="M0 0L${length * 0.1} 0" stroke="#7d5a3c" stroke-width="7"/><g transform="translate(${length * 0.07} 0)"><path d="M0 0${edge(1)}L0 0z" transform="translate(0 5)" fill="#0d241b" opacity=".16"/><path d="M0 0${edge(-1)}z" fill="${angle > 90 || angle < -90 ? lower : upper}"/><path d="M0 0${edge(1)}z" fill="${angle > 90 || angle < -90 ? upper : lower}"/><path d="${veins.join('')}" stroke="${lighter(base, 0.35)}" stroke-opacity=".22" stroke-width="2" fill="none"/><path d="M0 0L${tip}" stroke="${lighter(base, 0.5)}" stroke-opacity=".75" stroke-width="3"/></g></g>`,
    );
  });

  // Pot in front of the lowest leaves, ribbed by thin alternating strokes.
  const body = sketch.cylinder(clay, 0.55);
  const lip = sketch.cylinder(lighter(clay, 0.15), 0.7);
  const ribs = Array.from({ length: 17 }, (_, index) => {
    const turn = -1 + (2 * (index + 0.5)) / 17;
    const across = Math.sin((turn * Math.PI) / 2);
    return `M${650 + across * 158} 668L${650 + across * 118} 838`;
  });
  sketch.add(
    `<path d="M488 632a162 32 0 0 0 324 0L772 836a122 24 0 0 1-244 0z" fill="${body}"/>`,
    `<path d="${ribs.join('')}" stroke="#5b4a3c" stroke-opacity=".2" stroke-width="5" fill="none"/>`,
    `<path d="M488 632a162 32 0 0 0 324 0l-5 34a157 31 0 0 1-314 0z" fill="${lip}"/>`,
    `<path d="M488 632a162 32 0 0 0 324 0" fill="none" stroke="#fffaf2" stroke-opacity=".8" stroke-width="4"/>`,
  );
}
