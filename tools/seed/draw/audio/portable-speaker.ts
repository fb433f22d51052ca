import { createChance } from '../chance.ts';
import { drawRod, drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A round portable speaker in woven cloth, a leather loop at its side. */
export function drawPortableSpeaker(sketch: Sketch): void {
  const chance = createChance(61);
  paintStudio(sketch, '#cfe0d8', '#d9e5dc');
  castShadow(sketch, { x: 650, y: 826, width: 400, depth: 60 });
  drawRod(sketch, 'M838 330C960 340 970 560 850 580', '#8a5632', 30);
  const profile = [
    [240, 180],
    [290, 204],
    [780, 204],
    [824, 184],
  ] as const;
  drawTurned(sketch, { x: 650, profile, colour: '#35506e', gloss: 0.3, top: '#1c2633' });
  const weave = Array.from({ length: 520 }, () => {
    const x = chance(-1, 1);
    const y = chance(300, 800);
    return `M${(650 + Math.sin(x * 1.5) * 200).toFixed(0)} ${y.toFixed(0)}h${(10 * Math.cos(x * 1.5) + 2).toFixed(1)}`;
  });
  const ring = sketch.across([0, '#f5dca0'], [0.4, '#fff3d0'], [1, '#8d6a2c']);
  sketch.add(
    `<path d="${weave.join('')}" stroke="#fff" stroke-opacity=".16" stroke-width="4" stroke-linecap="round"/>`,
    `<ellipse cx="650" cy="240" rx="180" ry="29" fill="none" stroke="${ring}" stroke-width="9"/>`,
    '<ellipse cx="650" cy="240" rx="120" ry="17" fill="#0f151d"/><path d="M606 240h24m-12-6v12M672 240h24" stroke="#dfe8ee" stroke-width="5"/>',
    '<rect x="560" y="700" width="86" height="40" rx="6" fill="#8a5632"/><path d="M580 720h46" stroke="#e9c79f" stroke-width="6" stroke-linecap="round"/>',
    `<path d="M446 770a204 33 0 0 0 408 0" fill="none" stroke="${ring}" stroke-width="7"/>`,
    '<path d="M510 330V750" stroke="#fff" stroke-opacity=".16" stroke-width="26" stroke-linecap="round"/>',
  );
  const waves = [250, 300, 350].map(
    (r) => `<path d="M${650 - r} 560a${r} ${r} 0 0 1 40 -${r * 0.6}"/>`,
  );
  sketch.add(
    `<g fill="none" stroke="#35506e" stroke-opacity=".28" stroke-width="10" stroke-linecap="round">${waves.join('')}</g>`,
  );
}
