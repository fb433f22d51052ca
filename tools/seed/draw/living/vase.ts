import { createChance } from '../chance.ts';
import { drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A terracotta vase with dry grasses. */
export function drawVase(sketch: Sketch): void {
  const chance = createChance(41);
  paintStudio(sketch, '#d9dfe0', '#dfe2df');
  castShadow(sketch, { x: 650, y: 830, width: 300, depth: 50 });
  const stems = Array.from({ length: 15 }, (_, index) => {
    const lean = (index - 7) * 34 + chance(-14, 14);
    const tip = 120 + Math.abs(index - 7) * 26 + chance(-20, 40);
    const x = 650 + lean;
    const ear = Array.from({ length: 7 }, (_, grain) => {
      const at = tip - 42 + grain * 14;
      const near = x - lean * 0.05 * (grain / 3);
      return `<ellipse cx="${near - 6}" cy="${at}" rx="5" ry="12" transform="rotate(-24 ${near - 6} ${at})"/><ellipse cx="${near + 6}" cy="${at}" rx="5" ry="12" transform="rotate(24 ${near + 6} ${at})"/>`;
    });
    return `<path d="M650 470Q${650 + lean * 0.35} 320 ${x} ${tip}" fill="none" stroke="#a9884f" stroke-width="4"/><g fill="${index % 2 ? '#d8b778' : '#c59d5b'}">${ear.join('')}</g>`;
  });
  sketch.add(...stems);
  const profile = [
    [436, 62],
    [500, 46],
    [640, 158],
    [740, 150],
    [828, 84],
  ] as const;
  drawTurned(sketch, { x: 650, profile, colour: '#c0694a', gloss: 0.35, top: '#5c2b1d' });
  sketch.add(
    '<path d="M497 610Q650 660 803 610M494 640Q650 692 806 640" fill="none" stroke="#f4dcc6" stroke-opacity=".75" stroke-width="7"/>',
  );
  // The stems enter the mouth in front of its far rim.
  sketch.add('<path d="M610 440q40 14 80 0l-20 -24h-40z" fill="#8a6a3c" opacity=".55"/>');
}
